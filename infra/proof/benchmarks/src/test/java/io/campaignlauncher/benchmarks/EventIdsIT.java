package io.campaignlauncher.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.eventstore.EventIds;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.EventWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class EventIdsIT {

    private static final int STORED = 20_000;
    private static final int NEW = 200;

    @Test
    void new_events_put_few_pages_of_a_large_index_into_the_log_where_ids_by_chance_would_put_many() throws Exception {
        try (var database = EmbeddedDatabase.start()) {
            FilledEventStore.migrate(database);
            fill(database);

            long growing = pagesLogged(database, () -> EventIds.next().toString());
            long byChance = pagesLogged(database, () -> UUID.randomUUID().toString());

            assertThat(growing).isLessThan(20);
            assertThat(byChance).isGreaterThan(5 * growing);
        }
    }

    /** Events of the size of the new ones: there is no room left for them in old pages of the table. */
    private static void fill(EmbeddedDatabase database) throws SQLException {
        try (var connection = connection(database)) {
            JdbcClient.create(new SingleConnectionDataSource(connection, true))
                    .sql("""
                            insert into event_store.domain_events (event_identifier, aggregate_identifier, sequence_number, type,
                                time_stamp, payload_type, payload, meta_data)
                            select gen_random_uuid(), gen_random_uuid(), 0, 'JobAggregate', '2026-01-01T00:00:00Z', 'JobFailed',
                                decode(repeat('00', 200), 'hex'), '{}'
                            from generate_series(1, ?)""")
                    .param(STORED).update();
        }
    }

    /** Full pages that the write-ahead log was given for some events of one stream, the first since a checkpoint. */
    private static long pagesLogged(EmbeddedDatabase database, Supplier<String> ids) throws Exception {
        FilledEventStore.administer(database, "checkpoint");
        try (var connection = connection(database)) {
            var sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            var stream = UUID.randomUUID().toString();
            long before = pages(sql);
            new EventWriter(sql, EventStoreSchema.LAUNCHES).append(IntStream.range(0, NEW)
                    .mapToObj(sequence -> new EventWriter.NewEvent(ids.get(), stream, sequence, "JobAggregate",
                            "2026-01-01T00:00:00Z", "JobFailed", new byte[200],
                            "{}".getBytes(StandardCharsets.UTF_8)))
                    .toList());
            return pages(sql) - before;
        }
    }

    private static Connection connection(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static long pages(JdbcClient sql) {
        sql.sql("select pg_stat_force_next_flush()").query().listOfRows();
        return sql.sql("select wal_fpi from pg_stat_wal").query(Long.class).single();
    }
}
