package io.campaignlauncher.chaos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Money that is held for posts, or will be. */
final class MoneyHeld {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** Or a moderator is waited for. */
    private static final String UNDER_WAY = """
            select concat_ws(' ', t.id, t.text, t.status, e.status) from market.campaign_targets t
            left join market.escrows e on e."campaignTargetId" = t.id
            where t.status in ('submitted', 'approved') or e.status = 'held' limit 10
            """;

    private MoneyHeld() {}

    /** Returns once there is none; whatever people are asked meanwhile is decided. @param asked what advertisers do */
    static void awaitNone(MarketFleet fleet, UndecidedPosts posts, List<? extends Future<?>> asked, Duration patience,
            Consumer<String> say) throws InterruptedException, ExecutionException {
        var sql = JdbcClient.create(fleet.database());
        var until = System.nanoTime() + patience.toNanos();
        var left = sql.sql(UNDER_WAY).query(String.class).list();
        while (!left.isEmpty() || !asked.stream().allMatch(Future::isDone)) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("not at an end within " + patience + ": " + left);
            }
            posts.decide().forEach(say);
            Thread.sleep(LOOK_EVERY);
            left = sql.sql(UNDER_WAY).query(String.class).list();
        }
        for (var campaign : asked) {
            campaign.get();
        }
    }
}
