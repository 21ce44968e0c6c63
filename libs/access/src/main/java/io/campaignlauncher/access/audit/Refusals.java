package io.campaignlauncher.access.audit;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.http.RuledRoutes;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.messaging.BackgroundThread;
import io.campaignlauncher.messaging.RetryLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Notes who was refused what: within a second, and beside the answer, which waits for no database. A refusal changes nothing, so one
 * that a process dies with may be lost; whoever goes on trying is noted by the next.
 */
public final class Refusals implements RuledRoutes.Refused, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration NOTE_EVERY = Duration.ofSeconds(1);
    private static final String NO_ROUTE = "no route";

    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Callers callers;
    private final RefusalTally tally;
    private final RetryLoop retries;
    private final BackgroundThread thread = new BackgroundThread("audit-refusals", this::work);

    public Refusals(Audit audit, TransactionTemplate transactions, Callers callers, AuditSettings settings,
            Clock clock) {
        this.audit = audit;
        this.transactions = transactions;
        this.callers = callers;
        tally = new RefusalTally(settings.refusalsAMinute(), WINDOW, System.nanoTime());
        retries = new RetryLoop("refusals of access cannot be noted", LOG, clock);
    }

    @Override
    public Mono<Void> note(ServerWebExchange exchange, @Nullable RouteRule rule, @Nullable Principal asking) {
        return callers.of(exchange.getRequest(), asking).doOnNext(caller -> add(caller, rule)).then();
    }

    /** What a route itself refuses to somebody whom its rule has let in. Stands behind the rules. */
    public WebFilter behindRules(RouteTable table) {
        return (exchange, chain) -> chain.filter(exchange)
                .then(Mono.defer(() -> HttpStatus.FORBIDDEN.equals(exchange.getResponse().getStatusCode())
                        ? exchange.getPrincipal().ofType(PrincipalToken.class)
                                .flatMap(asking -> note(exchange, table.rule(exchange.getRequest()).orElse(null),
                                        asking.getPrincipal()))
                        : Mono.empty()));
    }

    private void add(Caller caller, @Nullable RouteRule rule) {
        var principal = caller.principal();
        var address = caller.addressHash();
        tally.add(new RefusalTally.Refusal(Audit.actor(principal), principal == null ? Set.of() : principal.roles(),
                Audit.tenant(principal), rule == null ? NO_ROUTE : rule.toString(), principal == null ? "401" : "403",
                address == null ? null : HexFormat.of().formatHex(address)), caller.traceId());
    }

    private void work(BackgroundThread self) {
        while (self.goesOn()) {
            var due = tally.take(System.nanoTime());
            if (!due.isEmpty()) {
                retries.until(self, () -> {
                    note(due);
                    retries.works();
                });
            }
            self.pause(NOTE_EVERY);
        }
        try {
            note(tally.takeAll());
        } catch (RuntimeException e) {
            LOG.warn("the last refusals of access were not noted: {}", e.getClass().getName());
        }
    }

    private void note(List<RefusalTally.Gathered> due) {
        if (!due.isEmpty()) {
            transactions.executeWithoutResult(_ -> due.forEach(audit::noteGathered));
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop().join();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }
}
