package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.posting.store.PostStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The store of a worker whose process dies right before or right after one of its calls. From then on nothing of it gets through. */
final class DyingStore implements PostStore {

    private final PostStore store;
    private final int diesAt;
    private final boolean after;
    private final AtomicInteger calls = new AtomicInteger();
    /** What happens right before each call, told its number. */
    IntConsumer beforeCall = _ -> {};
    /** What happens right before the claim is asked for. */
    Runnable beforeHolds = () -> {};

    /** @param diesAt the call, from 1 @param after whether the call still gets through */
    DyingStore(PostStore store, int diesAt, boolean after) {
        this.store = store;
        this.diesAt = diesAt;
        this.after = after;
    }

    boolean died() {
        return calls.get() >= diesAt;
    }

    private <T> Mono<T> unlessDead(Supplier<Mono<T>> call) {
        return Mono.defer(() -> {
            var number = calls.incrementAndGet();
            beforeCall.accept(number);
            if (number > diesAt || number == diesAt && !after) {
                return Mono.error(new IllegalStateException("the process is dead"));
            }
            return number == diesAt ? call.get().then(Mono.error(new IllegalStateException("the process is dead")))
                    : call.get();
        });
    }

    @Override
    public Mono<Accepted> accept(PostingCommand command) {
        return unlessDead(() -> store.accept(command));
    }

    @Override
    public Mono<Claim> claim(String owner, Duration lease) {
        return unlessDead(() -> store.claim(owner, lease));
    }

    @Override
    public Mono<PostView> change(Claim claim, Duration lease, Function<PostView, PostChange> rule) {
        return unlessDead(() -> store.change(claim, lease, rule));
    }

    @Override
    public Mono<Boolean> holds(Claim claim) {
        return unlessDead(() -> {
            beforeHolds.run();
            return store.holds(claim);
        });
    }

    @Override
    public Mono<Void> release(Claim claim, @Nullable Instant until) {
        return unlessDead(() -> store.release(claim, until));
    }

    @Override
    public Mono<Void> postpone(Claim claim, Duration pause) {
        return unlessDead(() -> store.postpone(claim, pause));
    }
}
