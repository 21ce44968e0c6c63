package io.campaignlauncher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real standby of the embedded PostgreSQL, and what a client that names both finds. */
class EmbeddedStandbyIT {

    @TempDir
    private Path folder;

    @Test
    void a_standby_that_takes_over_has_the_rows_and_the_slot_and_is_found_by_who_names_both_hosts() throws Exception {
        try (var primary = EmbeddedDatabase.start(folder.resolve("primary"));
                var standby = EmbeddedStandby.of(folder.resolve("primary"), folder.resolve("copy"))) {
            var url = "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port()
                    + "/postgres?targetServerType=primary&hostRecheckSeconds=1";
            var known = UUID.randomUUID().toString();
            execute(primary, url, "create table kept (what text)");
            execute(primary, url, "insert into kept values ('" + known + "')");
            execute(primary, url, "select pg_create_logical_replication_slot('feed', 'pgoutput', failover => true)");
            standby.awaitSynced("feed");
            standby.holdBack();
            execute(primary, url, "insert into kept values ('lost')");
            assertThat(ask(primary, url, TIMELINE)).isEqualTo("00000001");

            standby.killPrimary();
            assertThatThrownBy(() -> execute(primary, url, "select 1")).isInstanceOf(SQLException.class);
            standby.promote();

            await().ignoreExceptions().until(() -> ask(primary, url, TIMELINE).equals("00000002"));
            assertThat(ask(primary, url, "select string_agg(what, ',') from kept")).isEqualTo(known);
            assertThat(ask(primary, url, "select string_agg(slot_name, ',') from pg_replication_slots"
                    + " where failover and invalidation_reason is null")).isEqualTo("feed");
        }
    }

    private static final String TIMELINE = "select left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)";

    private static void execute(EmbeddedDatabase as, String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, as.username(), as.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedDatabase as, String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, as.username(), as.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
