package io.campaignlauncher.market.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.market.model.MarketWorld;
import io.campaignlauncher.market.model.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables are what the events say: written decision by decision, or made anew, and no decision leads to what must not be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketTablesIT {

    private static final int STEPS = 600;
    private static final String KILL_SWITCHES = "update kill_switches set enabled = ?, \"changedBy\" = 'x', reason = 'x'"
            + " where name = ?";

    private TablesDatabase database;

    @BeforeAll
    void start() {
        database = new TablesDatabase("market_tables");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = { 22, 4444, 55555 })
    void every_history_keeps_the_invariants_and_is_told_the_same_twice(long seed) {
        database.empty();
        var world = new MarketWorld(seed);
        var log = world.market().log();
        for (int i = 0; i < STEPS; i++) {
            int before = log.size();
            var step = database.step(world);
            if (log.size() > before) {
                assertThat(database.check.run()).as("after %s", step).isEmpty();
            }
        }

        assertThat(log).hasSizeGreaterThan(50);
        assertThat(database.states()).isEqualTo(new TreeMap<>(world.market().states()));
        var history = inPieces(log, new Random(seed));
        assertThat(database.differences(history)).isEmpty();
        database.rebuild.rebuild(history);
        assertThat(database.check.run()).isEmpty();
        assertThat(database.differences(history)).isEmpty();
    }

    @Test
    void each_difference_is_told_with_its_column_and_both_values() {
        database.empty();
        var history = inPieces(database.play(22, 200), new Random(1));
        var campaign = database.jdbc.queryForObject("select min(id::text) from campaigns", String.class);
        var entry = database.jdbc.queryForObject("select min(id)::text from ledger_entries", String.class);
        database.jdbc.update("update campaigns set name = 'Autumn' where id::text = ?", campaign);
        database.jdbc.execute("insert into campaigns values ('" + new UUID(0, 0)
                + "', 'local', 'anna', 'x', 'draft', 1, now(), now())");
        database.jdbc.execute("alter table ledger_entries disable trigger user");
        database.jdbc.update("delete from ledger_entries where id::text = ?", entry);
        database.jdbc.execute("alter table ledger_entries enable trigger user");

        assertThat(database.differences(history)).containsExactly(
                new TableDifference("campaigns", new UUID(0, 0).toString(), null, "there", null),
                new TableDifference("campaigns", campaign, "name", "Autumn", "Spring"),
                new TableDifference("ledger_entries", entry, null, null, "there"));
        database.rebuild.rebuild(history);
        assertThat(database.differences(history)).isEmpty();
    }

    @Test
    void looking_for_differences_writes_nothing_and_holds_up_nobody() {
        database.empty();
        var log = database.play(22, 200);
        var readOnly = new ArrayList<String>();

        assertThat(database.differences(consumer -> {
            readOnly.add(database.jdbc.queryForObject("show transaction_read_only", String.class));
            database.administrate("update kill_switches set reason = 'meanwhile' where name = 'payouts'");
            inPieces(log, new Random(3)).read(consumer);
        })).isEmpty();

        assertThat(readOnly).containsExactly("on");
        assertThat(database.jdbc.queryForObject(
                "select count(*) from pg_class where relname = 'campaigns' and relpersistence = 't'", Long.class))
                .isZero();
    }

    @Test
    void a_rebuild_that_fails_leaves_the_tables_as_they_were_with_their_guards() {
        database.empty();
        var log = database.play(22, 200);
        var broken = new ArrayList<>(log);
        broken.removeFirst();

        assertThatThrownBy(() -> database.rebuild.rebuild(inPieces(broken, new Random(1)))).isNotNull();

        assertThat(database.differences(inPieces(log, new Random(2)))).isEmpty();
        assertThatThrownBy(() -> database.jdbc.execute("delete from ledger_entries"))
                .hasMessageContaining("only added to");
    }

    @Test
    void the_history_of_a_switch_is_the_times_when_it_was_off() {
        database.empty();
        database.jdbc.update(KILL_SWITCHES, false, "payouts");
        database.jdbc.update(KILL_SWITCHES, false, "payouts");
        assertThat(offTimes("upper_inf(off_range)")).isEqualTo(1);
        database.jdbc.update(KILL_SWITCHES, true, "payouts");
        database.jdbc.update(KILL_SWITCHES, false, "payouts");
        database.jdbc.update(KILL_SWITCHES, true, "payouts");
        assertThat(offTimes("not upper_inf(off_range) and \"turnedOnBy\" = 'x'")).isEqualTo(2);
    }

    private Integer offTimes(String condition) {
        return database.jdbc.queryForObject("select count(*) from kill_switch_history where " + condition,
                Integer.class);
    }

    /** Some at a time, other ones than they were written with. */
    private static EventHistory inPieces(List<RecordedEvent> log, Random random) {
        return consumer -> {
            for (int from = 0; from < log.size();) {
                int to = Math.min(log.size(), from + 1 + random.nextInt(60));
                consumer.accept(log.subList(from, to));
                from = to;
            }
        };
    }
}
