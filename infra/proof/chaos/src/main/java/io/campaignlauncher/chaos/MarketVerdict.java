package io.campaignlauncher.chaos;

import io.campaignlauncher.chaos.Deals.Approval;
import io.campaignlauncher.market.tables.LedgerCheck;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is wrong when all is over. Nothing may be: whatever somebody asked for is there once, each approved target was posted once and
 * paid for, or not at all and refunded, money is what it was, the topic tells what the store holds and gives the tables, and no record
 * was put aside.
 */
public final class MarketVerdict {

    private static final Duration CHECK_WITHIN = Duration.ofMinutes(1);
    private static final String POSTED = "posted released posted";
    private static final String REFUNDED = "refunded refunded failed";
    private static final String REJECTED = "rejected";
    private static final String FEES = "fees";
    private static final String EXTERNAL = "external";
    /** Of a second escrow or post job there is a second row. */
    private static final String TARGETS = """
            select t.id, t.text, c."advertiserId", t."publisherId", h."chatId" as channel, e.id as escrow, j.id as job,
                concat_ws(' ', t.status, e.status, j.status) as state, e.amount, e.commission, j."messageId"
            from market.campaign_targets t join market.campaigns c on c.id = t."campaignId"
            join market.channels h on h.id = t."channelId"
            left join market.escrows e on e."campaignTargetId" = t.id
            left join market.post_jobs j on j."campaignTargetId" = t.id
            """;

    private final MarketChannels telegram;
    private final Deals deals;
    private final JdbcClient sql;
    private final JdbcClient posts;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Integer> ends = new TreeMap<>();

    /** A target when all is over. @param escrow and what follows but the state: null where there is none */
    private record Target(String id, String text, String advertiser, @Nullable String publisher, long channel,
            @Nullable String escrow, @Nullable String job, String state, @Nullable BigDecimal amount,
            @Nullable BigDecimal commission, @Nullable Long message) {}

    private MarketVerdict(MarketFleet fleet, MarketChannels telegram, Deals deals) {
        this.telegram = telegram;
        this.deals = deals;
        this.sql = JdbcClient.create(fleet.database());
        this.posts = JdbcClient.create(fleet.posts());
    }

    static MarketVerdict on(MarketFleet fleet, MarketChannels telegram, Deals deals) {
        var verdict = new MarketVerdict(fleet, telegram, deals);
        var targets = verdict.targets();
        verdict.compareWithWhatWasTold(targets);
        targets.forEach(verdict::judge);
        verdict.compareMoney(targets);
        verdict.lookForUnfinishedPosts();
        new LedgerCheck(fleet.database(), "market", CHECK_WITHIN).run()
                .forEach(broken -> verdict.problems.add("the ledger: " + broken));
        verdict.problems.addAll(MarketTopic.problems(fleet));
        verdict.problems.addAll(new Published(fleet).deadLetters());
        return verdict;
    }

    /** A sentence for each thing that is wrong. */
    public List<String> problems() {
        return problems;
    }

    /** How many targets ended as what. */
    public Map<String, Integer> ends() {
        return ends;
    }

    private List<Target> targets() {
        return sql.sql(TARGETS).query((row, _) -> new Target(text(row, "id"), text(row, "text"),
                text(row, "advertiserId"), row.getString("publisherId"), row.getLong("channel"),
                row.getString("escrow"), row.getString("job"), text(row, "state"), row.getBigDecimal("amount"),
                row.getBigDecimal("commission"), row.getObject("messageId", Long.class))).list();
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    /** One thing for each key, and that is the one of which its caller was told. */
    private void compareWithWhatWasTold(List<Target> targets) {
        compare("targets", deals.targets,
                targets.stream().map(target -> Map.entry(target.text(), target.id())).toList());
        compare("campaigns", deals.campaigns, sql.sql("select name, id::text from market.campaigns")
                .query((row, _) -> Map.entry(text(row, "name"), text(row, "id"))).list());
        compare("cancelled campaigns", deals.cancelled,
                sql.sql("select name, id::text from market.campaigns where status = 'cancelled'")
                        .query((row, _) -> Map.entry(text(row, "name"), text(row, "id"))).list());
    }

    private void compare(String what, Map<String, String> told, List<Map.Entry<String, String>> there) {
        if (there.size() != told.size()
                || !there.stream().allMatch(one -> one.getValue().equals(told.get(one.getKey())))) {
            problems.add(what + ": callers were told of " + told + ", and there are " + there);
        }
    }

    private void judge(Target target) {
        var approvals = deals.approvals.getOrDefault(target.id(), Set.of());
        var escrow = target.escrow();
        var job = target.job();
        if (escrow == null || job == null) {
            judgeUnpaid(target, approvals);
            return;
        }
        if (approvals.size() > 1 || !approvals.stream().allMatch(new Approval(escrow, job)::equals)) {
            wrong(target, "its moderators were told of " + approvals + ", and it has " + escrow + " and " + job);
        }
        var ever = telegram.posts(job);
        var there = ever.stream().filter(posted -> !posted.post().deleted()).toList();
        switch (target.state()) {
            case POSTED -> {
                if (ever.size() != 1 || there.size() != 1 || there.getFirst().chatId() != target.channel()
                        || !Objects.equals(target.message(), (long) there.getFirst().post().id())) {
                    wrong(target, "is paid for, and of its posts " + ever + " there are " + there);
                }
            }
            case REFUNDED -> {
                if (!there.isEmpty()) {
                    wrong(target, "is refunded, and there are " + there);
                }
            }
            default -> wrong(target, "ended as " + target.state());
        }
        ends.merge(target.state(), 1, Integer::sum);
    }

    private void judgeUnpaid(Target target, Set<Approval> approvals) {
        if (!target.state().equals(REJECTED) || !approvals.isEmpty()) {
            wrong(target, "ended as " + target.state() + " after the approvals " + approvals);
        }
        ends.merge(target.state(), 1, Integer::sum);
    }

    private void wrong(Target target, String problem) {
        problems.add("target " + target.id() + " (" + target.text() + "): " + problem);
    }

    /** Everybody has what came in and what their targets, or those in their channels, ended with. */
    private void compareMoney(List<Target> targets) {
        var expected = new HashMap<String, BigDecimal>();
        for (var deposit : deals.deposits) {
            var amount = new BigDecimal(deposit.amount());
            expected.merge(deposit.userId(), amount, BigDecimal::add);
            expected.merge(EXTERNAL, amount.negate(), BigDecimal::add);
        }
        targets.stream().filter(target -> target.state().equals(POSTED)).forEach(target -> {
            var amount = Objects.requireNonNull(target.amount());
            var commission = Objects.requireNonNull(target.commission());
            expected.merge(target.advertiser(), amount.negate(), BigDecimal::add);
            expected.merge(Objects.requireNonNull(target.publisher()), amount.subtract(commission), BigDecimal::add);
            expected.merge(FEES, commission, BigDecimal::add);
        });
        var found = new HashMap<String, BigDecimal>();
        sql.sql("select coalesce(\"userId\", kind) as who, balance from market.wallets where balance <> 0").query(
                row -> {
                    found.merge(text(row, "who"), row.getBigDecimal("balance"), BigDecimal::add);
                });
        if (!found.equals(expected)) {
            problems.add("wallets hold " + found + ", and should hold " + expected);
        }
    }

    /** The workers are through with whatever they were asked for. */
    private void lookForUnfinishedPosts() {
        posts.sql("""
                select job_id || ' is ' || stage from posting.post_jobs
                where stage not in ('CONFIRMED', 'FAILED', 'ROLLED_BACK')
                union all
                select job_id || ', attempt ' || number || ' is ' || outcome from posting.post_attempts
                where outcome in ('UNDER_WAY', 'UNKNOWN')
                """).query(String.class).list().forEach(one -> problems.add("post " + one));
    }

    @Override
    public String toString() {
        return "ends " + ends + ", problems " + problems;
    }
}
