package io.campaignlauncher.job.look;

import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.messaging.Reasons;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Looks at Facebook: one at a time for a job, whichever instance makes it, and a few at a time in all. */
public final class Looks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
    /** How long whoever asks waits for it. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(150);
    /** For writing down what came of it. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(10);

    private final LookTable table;
    private final Looker looker;
    private final LookSettings settings;
    private final Semaphore places;
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    Looks(LookTable table, Looker looker, LookSettings settings) {
        this.table = table;
        this.looker = looker;
        this.settings = settings;
        this.places = new Semaphore(settings.atOnce());
    }

    /** So many are made already. Expected, so it carries no stack trace. */
    public static final class TooManyLooks extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyLooks(int atOnce) {
            super(atOnce + " looks at Facebook are made at this moment, as many as may be.", null, false, false);
        }
    }

    /** The latest look; empty: nobody has asked for one. */
    public Mono<Optional<StoredLook>> latest(UUID jobId) {
        return ask(() -> table.find(jobId));
    }

    /**
     * Starts a look, or joins the one that is made; after some seconds it is still LOOKING, and goes on.
     *
     * @param job that was accepted
     * @return fails with {@link TooManyLooks}
     */
    public Mono<StoredLook> look(RecordedJob job, String by) {
        return ask(() -> table.find(job.jobId()))
                .flatMap(latest -> latest.filter(Looks::isUnderWay).isPresent() ? Mono.just(job.jobId())
                        : begin(job, by))
                .then(Mono.defer(() -> ended(job.jobId())));
    }

    private static boolean isUnderWay(StoredLook look) {
        return look.state() == StoredLook.State.LOOKING;
    }

    private Mono<UUID> begin(RecordedJob job, String by) {
        if (!places.tryAcquire()) {
            return Mono.error(new TooManyLooks(settings.atOnce()));
        }
        var claim = new LookTable.Claim(job.jobId(), job.state().terms().request().adAccountId(), by,
                UUID.randomUUID());
        return ask(() -> table.claim(claim, settings.within().plus(LEASE_MARGIN)))
                .doOnError(_ -> places.release())
                .map(claimed -> {
                    if (claimed) {
                        // Whoever asked may hang up: others may have joined.
                        made(job, claim).takeUntilOther(stopped.asMono()).subscribe();
                    } else {
                        places.release();
                    }
                    return job.jobId();
                });
    }

    private Mono<Void> made(RecordedJob job, LookTable.Claim claim) {
        return looker.look(job, claim.by())
                .timeout(settings.within())
                .onErrorMap(TimeoutException.class, _ -> new LookFailed("Facebook did not answer within "
                        + settings.within().toSeconds() + " s.", null))
                .flatMap(seen -> done(() -> table.looked(claim, seen.found(), seen.usagePercent())))
                .onErrorResume(error -> done(() -> table.failed(claim, failed(job, error))))
                .then(done(() -> table.keep(settings.kept())))
                .onErrorResume(error -> {
                    LOG.warn("job {}: what came of a look cannot be written down: {}", job.jobId(), Reasons.of(error));
                    return Mono.empty();
                })
                .doFinally(_ -> places.release());
    }

    private static LookFailed failed(RecordedJob job, Throwable error) {
        if (error instanceof LookFailed known) {
            return known;
        }
        LOG.error("job {}: a look failed", job.jobId(), error);
        return new LookFailed("The look failed here, not at Facebook; the log says why.", null);
    }

    /** The look when it is over, or as it is after some time. */
    private Mono<StoredLook> ended(UUID jobId) {
        return ask(() -> table.find(jobId).orElseThrow())
                .flatMap(look -> isUnderWay(look) ? Mono.<StoredLook>empty() : Mono.just(look))
                .repeatWhenEmpty(asked -> asked.delayElements(ASK_AGAIN_AFTER)
                        .takeUntilOther(Mono.delay(ANSWER_WITHIN)))
                .switchIfEmpty(ask(() -> table.find(jobId).orElseThrow()));
    }

    private static Mono<Void> done(Runnable work) {
        return Mono.<Void>fromRunnable(work).subscribeOn(Schedulers.boundedElastic());
    }

    private static <T> Mono<T> ask(Callable<T> question) {
        return Mono.fromCallable(question).subscribeOn(Schedulers.boundedElastic());
    }

    /** What is under way is given up; its lease tells so later. */
    @Override
    public void close() {
        stopped.tryEmitEmpty();
    }
}
