package io.campaignlauncher.benchmarks;

import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.standalone.Standalone;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What launches make: requests, records, rows and bytes. Counts, which no other program on the machine changes, but for what is done by
 * the clock while they last.
 *
 * @param counts {@code requests} to Facebook and the {@code operations} in them, {@code records.*} and {@code kib.*} by topic, {@code database.*} of PostgreSQL
 */
record LaunchCost(Map<String, Double> counts) {

    /** Written while nothing is launched as well. */
    private static final Set<Topic> TOPICS_BY_THE_CLOCK = EnumSet.of(Topic.FEATURE_LEVELS);
    private static final Set<String> TABLES_BY_THE_CLOCK = Set.of("feed_position");
    /** What fewer launches make than every other one is made by the clock. */
    private static final double SOME = 0.5;

    LaunchCost {
        counts = new TreeMap<>(counts);
    }

    /** As it is now, from the beginning of the system. Waits until PostgreSQL's sessions have told what they did. */
    static LaunchCost of(Standalone system, Simulator simulator) throws ExecutionException, InterruptedException {
        var counts = new TreeMap<String, Double>();
        ofGraph(simulator, counts);
        ofDatabase(SystemDatabase.source(system.properties()), counts);
        try (var admin = Admin.create(system.kafka().client("launch-cost"))) {
            var sizes = TopicSizes.kib(admin);
            var topics = Stream.of(Topic.values()).filter(topic -> !TOPICS_BY_THE_CLOCK.contains(topic))
                    .map(Topic::topicName)
                    .filter(sizes::containsKey)
                    .collect(Collectors.toSet());
            TopicSizes.records(admin, topics).forEach((topic, records) -> counts.put("records." + topic, records));
            topics.forEach(topic -> counts.put("kib." + topic, sizes.get(topic)));
        }
        return new LaunchCost(counts);
    }

    private static void ofGraph(Simulator simulator, Map<String, Double> counts) {
        var seen = simulator.counters();
        counts.put("requests", (double) seen.calls());
        counts.put("operations", seen.operations().values().stream().mapToDouble(Long::doubleValue).sum());
    }

    private static void ofDatabase(DataSource database, Map<String, Double> counts) throws InterruptedException {
        counts.put("database.wal-kib", DatabaseWork.settled(database).figures().get(DatabaseWork.WAL_KIB));
        var sql = JdbcClient.create(database);
        sql.sql("select relname, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_user_tables").query(row -> {
            var table = row.getString(1);
            if (!TABLES_BY_THE_CLOCK.contains(table)) {
                counts.merge("inserted." + table, row.getDouble(2), Double::sum);
                counts.merge("updated." + table, row.getDouble(3), Double::sum);
                counts.merge("deleted." + table, row.getDouble(4), Double::sum);
            }
        });
        sql.sql("""
                select sum(length(payload) + length(meta_data)) / 1024.0 from event_store.domain_events""")
                .query(row -> {
                    counts.put("database.events-kib", row.getDouble(1));
                });
    }

    /** Of each of so many launches since then. What none of them made is left out. */
    LaunchCost since(LaunchCost before, int launches) {
        var each = new TreeMap<String, Double>();
        counts.forEach((name, count) -> each.put(name, (count - before.counts.getOrDefault(name, 0.0)) / launches));
        each.values().removeIf(count -> count < SOME);
        return new LaunchCost(each);
    }

    String text() {
        return new LaunchFigures(counts).text();
    }
}
