package io.campaignlauncher.posting;

import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.posting.telegram.PostingWorker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets the worker work from the moment that Telegram takes the token. At the end what is under way gets a while to come to its end; what
 * is cut off then is taken up by the next worker from what is stored.
 */
final class PostingLifecycle implements SmartLifecycle {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final BotCheck check;
    private final PostingWorker worker;
    private final Progress progress;
    private volatile @Nullable Work work;

    private record Work(Sinks.Empty<Void> end, CompletableFuture<Void> ended) {}

    PostingLifecycle(BotCheck check, PostingWorker worker, Progress progress) {
        this.check = check;
        this.worker = worker;
        this.progress = progress;
    }

    @Override
    public synchronized void start() {
        if (work == null) {
            var end = Sinks.<Void>empty();
            work = new Work(end, check.passed().takeUntilOther(end.asMono())
                    .then(Mono.defer(() -> worker.until(end.asMono(), progress::made))).toFuture());
        }
    }

    @Override
    public synchronized void stop() {
        var stopping = work;
        if (stopping != null) {
            stopping.end().tryEmitEmpty();
            stopping.ended().copy().completeOnTimeout(null, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS).join();
            stopping.ended().cancel(true);
            progress.rests();
        }
        work = null;
    }

    @Override
    public boolean isRunning() {
        return work != null;
    }

    /** Stopped after the listener, which has the last phase. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
