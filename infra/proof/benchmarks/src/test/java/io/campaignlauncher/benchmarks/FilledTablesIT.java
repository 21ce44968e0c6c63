package io.campaignlauncher.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.readmodel.ReadModelRebuild;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class FilledTablesIT {

    private static final long EVENTS = 6_000;
    /** By what they are; a rebuild gives two of them other names. */
    private static final String INDEXES = """
            select regexp_replace(pg_get_indexdef(indexrelid), ' INDEX \\S+ ', ' INDEX ') from pg_index
            where indrelid::regclass::text !~ '^pg_'
            union all
            select relname || reloptions::text from pg_class where relkind = 'r' and reloptions is not null
            union all
            select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where conrelid <> 0""";

    @Test
    void a_past_that_is_filled_in_has_the_tables_and_indexes_that_its_events_would_have_made() throws Exception {
        try (var database = EmbeddedDatabase.start()) {
            FilledEventStore.migrate(database);
            var dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
            var sql = JdbcClient.create(dataSource);
            var indexes = sql.sql(INDEXES).query(String.class).list();
            int launches;

            try (var tables = new FilledTables(dataSource)) {
                launches = tables.fill(EVENTS);
            }

            assertThat(sql.sql("select count(*) from campaign_creation_jobs").query(Integer.class).single())
                    .isEqualTo(launches).isGreaterThan(400);
            assertThat(sql.sql("select count(*) from event_store.domain_events").query(Long.class).single())
                    .isGreaterThanOrEqualTo(EVENTS);
            assertThat(sql.sql(INDEXES).query(String.class).list()).containsExactlyInAnyOrderElementsOf(indexes);
            assertThat(ReadModelRebuild.on(dataSource).differences()).isEmpty();
        }
    }
}
