package io.campaignlauncher.job.live;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.eventstore.EventReader.Place;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.stored.JobHistory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Follows jobs in the event store: one bounded query at a time serves everybody who follows anything, and there is none while
 * nobody does. Ends what it serves when it stops.
 */
public final class LiveJobs implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveJobs.class);
    private static final int EVENTS_PER_JOB_MAX = 20;
    private static final int EVENTS_MAX = 1_000;
    private static final BinaryOperator<Place> FURTHEST_BACK = BinaryOperator
            .minBy(Comparator.comparingLong(Place::version));

    private final JobHistory history;
    private final LiveSettings settings;
    private final Semaphore seats;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean polling = new AtomicBoolean();
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().name("live-jobs").daemon().factory());
    private volatile boolean stopped;
    private boolean failing;

    public LiveJobs(JobHistory history, LiveSettings settings, MeterRegistry meters) {
        this.history = history;
        this.settings = settings;
        this.seats = new Semaphore(settings.followersMax());
        Gauge.builder("launch.live.followers", followers, Set::size).description("who follows a job right now")
                .register(meters);
    }

    /**
     * The job after each of its events that comes after a version, up to the one that settles it; there it completes. Completes
     * early where this service stops, and fails with {@link TooManyFollowers} where there is no room. A job without events
     * is waited for; of one that may not be seen nothing is told, and it completes at its first event.
     */
    public Flux<RecordedJob> follow(UUID jobId, long after, Visibility visible) {
        return Flux.create(sink -> {
            if (!seats.tryAcquire()) {
                sink.error(new TooManyFollowers(settings.followersMax()));
                return;
            }
            var follower = new Follower(jobId, after, visible, sink);
            followers.add(follower);
            sink.onDispose(() -> {
                followers.remove(follower);
                seats.release();
            });
            if (stopped) {
                follower.end();
            } else {
                lookUnlessLooking();
            }
        }, FluxSink.OverflowStrategy.ERROR);
    }

    /** Whether somebody more would be turned away. */
    public boolean full() {
        return seats.availablePermits() == 0;
    }

    /** How many follow something now. */
    public int followers() {
        return followers.size();
    }

    /** Whether it polls, or is about to. */
    boolean polls() {
        return polling.get();
    }

    private void lookUnlessLooking() {
        if (!followers.isEmpty() && polling.compareAndSet(false, true)) {
            lookIn(0);
        }
    }

    private void lookIn(long delayMs) {
        try {
            thread.schedule(this::poll, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            followers.forEach(Follower::end);
        }
    }

    private void poll() {
        boolean more = false;
        try {
            more = lookNow();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("jobs cannot be followed at the moment: {}", e.toString());
            }
            failing = true;
        } finally {
            if (followers.isEmpty()) {
                polling.set(false);
                lookUnlessLooking();
            } else {
                lookIn(more ? 0 : settings.interval().toMillis());
            }
        }
    }

    /** @return whether there may be more right now */
    private boolean lookNow() {
        var wanting = followers.stream().filter(Follower::wants).toList();
        if (wanting.isEmpty()) {
            return false;
        }
        var places = places(wanting);
        var events = history.after(List.copyOf(places), EVENTS_PER_JOB_MAX, EVENTS_MAX);
        var byJob = events.stream().sorted(Comparator.comparingLong(HistoryEvent::version))
                .collect(Collectors.groupingBy(HistoryEvent::jobId));
        wanting.forEach(follower -> follower.take(byJob.getOrDefault(follower.jobId(), List.of())));
        return events.size() == EVENTS_MAX
                || byJob.values().stream().anyMatch(ofJob -> ofJob.size() == EVENTS_PER_JOB_MAX);
    }

    /** One place for each job: who is further on passes over what comes again. */
    private static Collection<Place> places(List<Follower> wanting) {
        return wanting.stream().map(Follower::place)
                .collect(Collectors.toMap(Place::jobId, place -> place, FURTHEST_BACK)).values();
    }

    @Override
    public void start() {
        // It polls when somebody comes.
    }

    @Override
    public void stop() {
        stopped = true;
        thread.shutdownNow();
        followers.forEach(Follower::end);
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }
}
