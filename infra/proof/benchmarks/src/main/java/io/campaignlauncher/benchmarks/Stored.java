package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Fleet;
import io.campaignlauncher.schemas.Topic;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a system has stored, in KiB.
 *
 * @param events       how many there are
 * @param database     by how long it is kept, with the indexes
 * @param kafka        by how long it is kept, of one replica
 */
record Stored(double events, Map<String, Double> database, Map<String, Double> kafka) {

    static final String FOR_EVER = "kept";
    private static final double KIB = 1024;
    private static final Map<String, String> KEPT_FOR_DAYS = Map.of("idempotency_keys", "kept-45-days",
            "creation_claims", "kept-35-days", "webhook_deliveries", "kept-30-days", "graph_calls", "kept-30-days",
            "graph_call_works", "kept-30-days");

    static Stored by(Fleet fleet) throws ExecutionException, InterruptedException {
        var sql = JdbcClient.create(fleet.database());
        var database = new TreeMap<String, Double>();
        sql.sql("select relname, pg_total_relation_size(relid) from pg_stat_user_tables").query(row -> {
            database.merge(KEPT_FOR_DAYS.getOrDefault(row.getString(1), FOR_EVER), row.getLong(2) / KIB, Double::sum);
        });
        return new Stored(sql.sql("select count(*) from event_store.domain_events").query(Double.class).single(),
                database, kafka(fleet));
    }

    private static Map<String, Double> kafka(Fleet fleet) throws ExecutionException, InterruptedException {
        var kept = Stream.of(Topic.values()).collect(Collectors.toMap(Topic::topicName, Stored::kept));
        var sizes = new TreeMap<String, Double>();
        try (var admin = Admin.create(fleet.kafka())) {
            TopicSizes.kib(admin).forEach(
                    (topic, kib) -> sizes.merge(kept.getOrDefault(topic, "of-kafka-itself"), kib, Double::sum));
        }
        return sizes;
    }

    private static String kept(Topic topic) {
        var millis = Long.parseLong(topic.settings().getOrDefault("retention.ms", "-1"));
        return millis < 0 ? FOR_EVER : "kept-" + millis / 86_400_000 + "-days";
    }

    /** What came between two readings, for each of so many launches. */
    Stored since(Stored before, int launches) {
        return new Stored((events - before.events) / launches, each(before.database, database, launches),
                each(before.kafka, kafka, launches));
    }

    private static Map<String, Double> each(Map<String, Double> before, Map<String, Double> after, int launches) {
        var each = new TreeMap<String, Double>();
        after.forEach((kept, kib) -> each.put(kept, (kib - before.getOrDefault(kept, 0.0)) / launches));
        return each;
    }
}
