package io.campaignlauncher.moderation.store;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.MarketCommand;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has decided what the time has come for: posts that may go out, reviews that nobody made, posts that did not go out, and escrows whose
 * release has waited for a kill switch. The rows are the timers, so that nothing is lost with a process; several instances do no harm.
 */
final class Deadlines implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final int AT_ONCE = 200;

    private static final String REVIEWS = """
            select id, tenant from market.campaign_targets where status = 'submitted' and "reviewDeadline" < clock_timestamp()
            order by "reviewDeadline" limit :max
            """;
    private static final String POSTS = """
            select t.id, t.tenant from market.post_jobs j join market.campaign_targets t on t.id = j."campaignTargetId"
            where j.status in ('queued', 'posting') and j.deadline < clock_timestamp()
            and not exists (select from market.post_attempts a where a."postJobId" = j.id
                and a.outcome in ('under_way', 'unknown'))
            order by j.deadline limit :max
            """;
    /** Nothing stands against them, as far as one statement can tell; the decision looks itself. */
    private static final String STARTS = """
            select t.id, t.tenant from market.post_jobs j join market.campaign_targets t on t.id = j."campaignTargetId"
            join market.campaigns c on c.id = t."campaignId" left join market.channels h on h.id = t."channelId"
            where j.status = 'queued' and j.deadline > clock_timestamp()
            and (t."postAt" is null or t."postAt" <= clock_timestamp()) and c.status = 'active'
            and not exists (select from market.post_attempts a where a."postJobId" = j.id)
            and (t.place = 'facebook' or h.status = 'ready'
                and exists (select from market.kill_switches where name = 'telegram_posting' and enabled))
            order by j.created_at limit :max
            """;
    private static final String RELEASES = """
            select t.id, t.tenant from market.escrows e join market.campaign_targets t on t.id = e."campaignTargetId"
            join market.post_jobs j on j."campaignTargetId" = t.id
            where e.status = 'held' and t.status = 'posted' and j."lookedAt" is not null and not j.missing
            and exists (select from market.kill_switches where name = 'payouts' and enabled)
            order by j."lookedAt" limit :max
            """;

    private final JdbcClient jdbc;
    private final Decisions decisions;
    private final Duration every;
    private @Nullable ScheduledExecutorService looking;

    private record Late(UUID targetId, String tenant) {}

    Deadlines(JdbcClient jdbc, Decisions decisions, Duration every) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.every = every;
    }

    /** Looks once. */
    void look() {
        late(STARTS, target -> new MarketCommand.StartPosting(target, 1));
        late(REVIEWS, MarketCommand.ExpireReview::new);
        late(POSTS, MarketCommand.ExpirePosting::new);
        late(RELEASES, MarketCommand.ReleaseEscrow::new);
    }

    private void late(String sql, Function<UUID, MarketCommand> command) {
        List<Late> found;
        try {
            found = jdbc.sql(sql).param("max", AT_ONCE)
                    .query((row, _) -> new Late(MarketQueries.uuid(row, "id"), row.getString("tenant"))).list();
        } catch (RuntimeException e) {
            LOG.debug("what is late cannot be looked for: {}", e.getMessage());
            return;
        }
        found.forEach(one -> {
            try {
                decisions.decide(new IssuedCommand(Actor.system(one.tenant()), UUID.randomUUID().toString(),
                        command.apply(one.targetId())));
            } catch (RuntimeException e) {
                LOG.warn("target {}: what is late cannot be decided now: {}", one.targetId(),
                        e.getClass().getSimpleName());
            }
        });
    }

    @Override
    public synchronized void start() {
        looking = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("deadlines").daemon().factory());
        looking.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (looking != null) {
            // Not interrupted: a transaction under way comes to its end.
            looking.shutdown();
            looking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }
}
