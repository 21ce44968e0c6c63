package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.messaging.ThrottledWarning;
import io.campaignlauncher.pace.OwnPaces;
import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.PostStore.Claim;
import io.campaignlauncher.posting.store.PostStore;
import io.campaignlauncher.telegram.Telegram;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Makes posts: takes commands durably, and works on whatever there is something to do for, on each channel alone. Several workers may do
 * so side by side. Safe for use by several threads.
 */
public final class PostingWorker {

    private static final Logger LOG = LoggerFactory.getLogger(PostingWorker.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** More at once are for the next time. */
    private static final int RUNS_MAX = 100;

    private final PostingPorts ports;
    private final String workerId;
    private final AtomicLong claims = new AtomicLong();
    private final ThrottledWarning warning;

    /** @param workerId differs from that of every other worker, past or present */
    public PostingWorker(Telegram telegram, long botId, PostStore store, PostReporter reporter,
            PostingSwitch killSwitch, PostingTime time, TelegramPostingSettings settings, String workerId) {
        this.ports = new PostingPorts(telegram, botId, store, reporter, killSwitch,
                new OwnPaces(time.clock(), settings.overallPerSecond()),
                new OwnPaces(time.clock(), settings.overallPerSecond() == 0 ? 0 : 1), time, settings);
        this.workerId = workerId;
        this.warning = new ThrottledWarning(LOG, time.clock());
    }

    /**
     * Takes a command. What becomes of it is told to the reporter.
     *
     * @return completes when the command is durable: from then on it need not be delivered again. Fails with {@link OtherContent}, which
     *     trying again does not change, or because the store cannot be reached
     */
    public Mono<Void> handle(PostingCommand command) {
        return ports.store().accept(command).flatMap(accepted -> switch (accepted) {
            case TAKEN -> Mono.<Void>empty();
            case OTHER_CONTENT -> Mono.<Void>error(() -> new OtherContent(command.jobId()));
        });
    }

    /** Works until the end comes, then lets the runs under way come to theirs. An outage is told now and then. */
    public Mono<Void> until(Mono<Void> end) {
        return until(end, () -> {});
    }

    /** @param gotOn called whenever the store has said what there is to do, and at the end of each piece of work */
    public Mono<Void> until(Mono<Void> end, Runnable gotOn) {
        return claim()
                .doOnSuccess(_ -> {
                    warning.over();
                    gotOn.run();
                })
                .onErrorResume(e -> {
                    warning.warn("cannot claim posts, trying again", e);
                    return Mono.empty();
                })
                .repeatWhenEmpty(idle -> idle.concatMap(_ -> Mono.delay(EVERY, ports.time().pace().scheduler())))
                .repeat()
                .takeUntilOther(end)
                .flatMap(claim -> run(claim).doOnSuccess(_ -> gotOn.run()), ports.settings().channelsAtOnce())
                .then();
    }

    /** Works on all posts for which there is something to do just now, one after another. */
    Mono<Void> workOff() {
        return claim().flatMap(claim -> run(claim).thenReturn(claim))
                .repeatWhen(runs -> runs.take(RUNS_MAX).takeWhile(worked -> worked > 0))
                .then();
    }

    private Mono<Claim> claim() {
        return Mono.defer(() -> ports.store().claim(workerId + "/" + claims.incrementAndGet(),
                ports.settings().lease()));
    }

    private Mono<Void> run(Claim claim) {
        return new PostRun(ports, claim).run();
    }
}
