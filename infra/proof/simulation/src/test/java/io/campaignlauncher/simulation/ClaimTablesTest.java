package io.campaignlauncher.simulation;

import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.creation.claims.ClaimsContract;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.Trace;
import io.campaignlauncher.simulation.engine.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The simulated store of claims keeps to what the real one keeps to. */
class ClaimTablesTest extends ClaimsContract {

    private final Loop loop = new Loop();
    private final SimulatedProcess life = new SimulatedProcess(loop, "creator", Duration.ZERO);
    private final ClaimTables tables = new ClaimTables(loop, settings(LEASE, REQUEST_TIMEOUT, CAP));

    /** In the simulation all creators are set alike. */
    @Override
    protected Claims claims(CreationSettings settings) {
        return new CreatorClaims(new Trace(loop, null), life, new Immediate(), tables);
    }

    @Override
    protected void pause(String accountId, Duration wait) {
        tables.pause(accountId, wait);
    }

    @Override
    protected void pass(Duration time) {
        loop.after(time, null, () -> {});
        while (loop.step(loop.now().plus(time))) {
            // Nothing else is planned.
        }
    }

    @Override
    protected Instant now() {
        return loop.now();
    }

    @Override
    protected void changeTimeline() {
        tables.rewind(Duration.ZERO);
    }

    private static final class Immediate implements Transactions {

        @Override
        public <T> Mono<T> transaction(Supplier<T> work) {
            return Mono.fromSupplier(work);
        }
    }
}
