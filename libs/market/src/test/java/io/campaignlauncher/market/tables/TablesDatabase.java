package io.campaignlauncher.market.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Case;
import io.campaignlauncher.market.model.Locks.Lock;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketWorld;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of a test's own with the marketplace's tables, and what the tests do with it. */
final class TablesDatabase {

    static final String SCHEMA = "public";

    final SingleConnectionDataSource dataSource;
    private final String url;
    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final MarketTables tables;
    final LockedCases cases;
    final LedgerCheck check;
    final MarketRebuild rebuild;
    final WalletBalances balances;

    TablesDatabase(String name) {
        var server = TestDatabase.shared();
        url = server.createDatabase(name);
        dataSource = new SingleConnectionDataSource(url, server.username(), server.password(),
                true);
        Flyway.configure().dataSource(dataSource).locations("classpath:db/market").load().migrate();
        jdbc = new JdbcTemplate(dataSource);
        // No test here asks what a crash leaves.
        jdbc.execute("set synchronous_commit = off");
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        tables = new MarketTables(jdbc, SCHEMA);
        cases = new LockedCases(jdbc, SCHEMA, MarketPolicy.DEFAULT);
        check = new LedgerCheck(dataSource, SCHEMA, Duration.ofMinutes(1));
        rebuild = new MarketRebuild(dataSource, SCHEMA);
        balances = new WalletBalances(JdbcClient.create(jdbc), SCHEMA);
    }

    /** A connection for each who asks. */
    DataSource connections() {
        return new DriverManagerDataSource(url, TestDatabase.shared().username(), TestDatabase.shared().password());
    }

    /** On a connection of its own. */
    void administrate(String statement) {
        new JdbcTemplate(connections()).update(statement);
    }

    /** No row but the switches, which are on. */
    void empty() {
        rebuild.rebuild(_ -> {});
        jdbc.update("delete from kill_switch_history");
        jdbc.update("update kill_switches set enabled = true");
    }

    /** Where the tables differ from what these events say. */
    List<TableDifference> differences(EventHistory history) {
        var found = new ArrayList<TableDifference>();
        new MarketDifferences(dataSource, SCHEMA).tell(history, found::add);
        return found;
    }

    /** Writes what a world does, decision by decision. */
    List<RecordedEvent> play(long seed, int steps) {
        var world = new MarketWorld(seed);
        for (int i = 0; i < steps; i++) {
            step(world);
        }
        return List.copyOf(world.market().log());
    }

    /** Writes what the next step of a world leads to. The switches' history has the world's time. */
    MarketWorld.Step step(MarketWorld world) {
        var switches = Map.copyOf(world.market().switches());
        var log = world.market().log();
        int before = log.size();
        var step = world.next();
        var now = world.market().now().atOffset(ZoneOffset.UTC);
        world.market().switches().forEach((name, on) -> {
            if (!on.equals(switches.get(name))) {
                jdbc.update(on ? "update kill_switch_history set off_range = tstzrange(lower(off_range), ?)"
                        + " where name = ? and upper_inf(off_range)"
                        : "insert into kill_switch_history values (?, tstzrange(?, null), 'x', 'x', null)",
                        on ? now : name.word(), on ? name.word() : now);
            }
        });
        var tenant = step.actor().tenant();
        assertThat(timeless(transaction.execute(_ -> cases.load(tenant, step.command())))).as("case of %s", step)
                .isEqualTo(timeless(world.market().caseFor(tenant, step.command())));
        world.market().tell(step.actor(), step.command());
        var events = List.copyOf(log.subList(before, log.size()));
        if (!events.isEmpty()) {
            transaction.executeWithoutResult(_ -> tables.apply(events));
        }
        return step;
    }

    /** What is decided on, but for the clock, the settings and the switches, which are the world's own. */
    private static Case timeless(Case c) {
        return new Case(Instant.EPOCH, MarketPolicy.DEFAULT, c.campaign(), c.target(), c.channel(),
                c.live().stream().sorted(Comparator.comparing(TargetState::id)).toList(), c.targets(), c.committed(),
                c.wallets(), Map.of(), c.moved(), c.correction(), c.messageTaken());
    }

    /** What the rows say of every campaign, target, channel, wallet and correction. */
    Map<UUID, Object> states() {
        var sql = new Sql(jdbc, SCHEMA);
        var found = new TreeMap<UUID, Object>();
        found.putAll(new CampaignRows(sql).load(ids("campaigns"), Lock.NONE));
        found.putAll(
                new TargetRows(sql).load(ids("campaign_targets")));
        found.putAll(new ChannelRows(sql).load(ids("channels"), Lock.NONE));
        found.putAll(new WalletRows(sql).load(ids("wallets"), Lock.NONE));
        found.putAll(new CorrectionRows(sql).load(ids("corrections"), Lock.NONE));
        return found;
    }

    private List<UUID> ids(String table) {
        return jdbc.queryForList("select id from " + table, UUID.class);
    }

    void close() {
        dataSource.destroy();
    }
}
