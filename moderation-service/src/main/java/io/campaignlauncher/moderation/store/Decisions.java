package io.campaignlauncher.moderation.store;

import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.market.tables.LockedCases;
import io.campaignlauncher.market.tables.MarketTables;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides on commands: what each needs is locked and read, the rules decide, events and tables are written, all in one transaction or
 * not at all. Who meets somebody else at a place that cannot be locked because it is not there yet tries again and sees it.
 */
public final class Decisions {

    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final TransactionTemplate transactions;
    private final LockedCases cases;
    private final EventStore events;
    private final MarketTables tables;
    private final DecisionFigures figures;

    Decisions(TransactionTemplate transactions, LockedCases cases, EventStore events, MarketTables tables,
            DecisionFigures figures) {
        this.transactions = transactions;
        this.cases = cases;
        this.events = events;
        this.tables = tables;
        this.figures = figures;
    }

    /** Blocks. What was accepted is durable when this returns. */
    public Decision decide(IssuedCommand issued) {
        return decide(issued, null);
    }

    /** @param traceparent of the request; null: none */
    public Decision decide(IssuedCommand issued, @Nullable String traceparent) {
        try {
            var decision = tried(issued, traceparent);
            figures.answered(issued.command(), decision);
            return decision;
        } catch (RuntimeException e) {
            figures.failed(issued.command());
            throw e;
        }
    }

    private Decision tried(IssuedCommand issued, @Nullable String traceparent) {
        for (int tries = 1;; tries++) {
            try {
                return Objects.requireNonNull(transactions.execute(_ -> decided(issued, traceparent)));
            } catch (DataIntegrityViolationException | PessimisticLockingFailureException e) {
                if (tries == TRIES) {
                    throw e;
                }
                LOG.debug("{} meets another decision and is tried again: {}",
                        issued.command().getClass().getSimpleName(),
                        e.getClass().getSimpleName());
                pause(tries);
            }
        }
    }

    private Decision decided(IssuedCommand issued, @Nullable String traceparent) {
        var found = cases.load(issued.actor().tenant(), issued.command());
        var decision = Market.decide(found, issued);
        if (decision instanceof Decision.Accepted(var decided) && !decided.isEmpty()) {
            tables.apply(events.append(decided, found.now(), traceparent), found);
        }
        return decision;
    }

    private static void pause(int tries) {
        try {
            Thread.sleep(PAUSE.multipliedBy(tries).plusMillis(ThreadLocalRandom.current().nextInt(20)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while deciding", e);
        }
    }
}
