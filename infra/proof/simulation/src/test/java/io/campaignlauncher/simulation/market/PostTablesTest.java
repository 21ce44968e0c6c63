package io.campaignlauncher.simulation.market;

import io.campaignlauncher.posting.store.MemoryPostStore;
import io.campaignlauncher.posting.store.PostStore;
import io.campaignlauncher.posting.store.PostStoreContract;
import io.campaignlauncher.simulation.engine.CommitRefused;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.Transactions;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The simulated store of posts keeps to what the real one keeps to. */
class PostTablesTest extends PostStoreContract {

    private final Loop loop = new Loop();
    private final MemoryPostStore tables = new MemoryPostStore(loop.clock(), ATTEMPT_MAX);
    private final PostTables store = new PostTables(new Immediate(), tables);

    @Override
    protected PostStore store() {
        return store;
    }

    @Override
    protected void pass(Duration time) {
        loop.after(time, null, () -> {});
        while (loop.step(loop.now().plus(time))) {
            // Nothing else is planned.
        }
    }

    @Override
    protected void changeTimeline() {
        tables.rewind(Duration.ZERO);
    }

    private static final class Immediate implements Transactions {

        @Override
        public <T> Mono<T> transaction(Supplier<T> work) {
            return Mono.fromSupplier(work).onErrorMap(CommitRefused.class, CommitRefused::reason);
        }
    }
}
