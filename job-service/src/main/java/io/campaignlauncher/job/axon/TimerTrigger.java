package io.campaignlauncher.job.axon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Polls for due waits at the time of each wait that this process sets, so that no wait ends late and nobody has to poll
 * often. The waits of a process that has died are found by the regular polls.
 */
final class TimerTrigger implements AutoCloseable {

    /** Waits that end so near each other share a poll: under load that bounds how often the database is asked. */
    private static final Duration GRAIN = Duration.ofMillis(50);
    /** A longer wait may be as late as the regular polls: that bounds what is kept here. */
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private final Clock clock;
    private final Set<Long> polls = ConcurrentHashMap.newKeySet();
    /** A decision that is durable does not fail because this process ends: then others find the wait. */
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().name("timer-trigger").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private volatile Runnable poll = () -> {};

    TimerTrigger(Clock clock) {
        this.clock = clock;
    }

    /** @param poll quick, and harmless when nothing is due */
    void triggers(Runnable poll) {
        this.poll = poll;
    }

    /** In a transaction it counts from its commit: before that nobody would find the wait. */
    void at(Instant time) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            pollAt(time);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                pollAt(time);
            }
        });
    }

    private void pollAt(Instant time) {
        var left = Duration.between(clock.instant(), time);
        if (left.compareTo(WAIT_MAX) > 0) {
            return;
        }
        var grain = GRAIN.toMillis();
        // Never before the wait is over.
        var at = Math.max(time.toEpochMilli(), clock.millis()) / grain + 1;
        if (polls.add(at)) {
            timer.schedule(() -> {
                polls.remove(at);
                poll.run();
            }, at * grain - clock.millis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
