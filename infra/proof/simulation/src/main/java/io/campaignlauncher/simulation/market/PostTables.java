package io.campaignlauncher.simulation.market;

import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.posting.store.MemoryPostStore;
import io.campaignlauncher.posting.store.PostStore;
import io.campaignlauncher.simulation.engine.CommitRefused;
import io.campaignlauncher.simulation.engine.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The posts as one process reaches them: each call is one transaction, by the database's clock. */
final class PostTables implements PostStore {

    private final Transactions connection;
    private final MemoryPostStore tables;

    PostTables(Transactions connection, MemoryPostStore tables) {
        this.connection = connection;
        this.tables = tables;
    }

    @Override
    public Mono<Accepted> accept(PostingCommand command) {
        return within(() -> tables.accept(command));
    }

    @Override
    public Mono<Claim> claim(String owner, Duration lease) {
        return connection.transaction(() -> Optional.ofNullable(tables.claim(owner, lease).block()))
                .flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<PostView> change(Claim claim, Duration lease, Function<PostView, PostChange> rule) {
        return within(() -> tables.change(claim, lease, rule));
    }

    @Override
    public Mono<Boolean> holds(Claim claim) {
        return within(() -> tables.holds(claim));
    }

    @Override
    public Mono<Void> release(Claim claim, @Nullable Instant until) {
        return within(() -> tables.release(claim, until).thenReturn(claim)).then();
    }

    @Override
    public Mono<Void> postpone(Claim claim, Duration pause) {
        return within(() -> tables.postpone(claim, pause).thenReturn(claim)).then();
    }

    private interface Call<T> {
        Mono<T> made();
    }

    private <T> Mono<T> within(Call<T> call) {
        return connection.transaction(() -> {
            try {
                return call.made().blockOptional().orElseThrow();
            } catch (LeaseLost lost) {
                throw new CommitRefused(lost);
            }
        });
    }
}
