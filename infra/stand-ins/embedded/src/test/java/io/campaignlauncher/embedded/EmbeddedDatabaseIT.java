package io.campaignlauncher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

class EmbeddedDatabaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void leaves_no_process_and_no_temporary_folder() {
        var database = EmbeddedDatabase.start();
        var process = PostgresProcess.on(database.folder()).orElseThrow();
        assertThat(process.isAlive()).isTrue();
        database.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(database.folder().getParent()).doesNotExist();
    }

    @Test
    void lets_no_other_into_its_folder_stops_although_a_replication_client_is_connected_and_keeps_its_rows()
            throws SQLException {
        var database = EmbeddedDatabase.start(folder);
        assertThatThrownBy(() -> EmbeddedDatabase.start(folder)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use");
        try (var jobs = connect(database, database.createDatabase("jobs"))) {
            execute(jobs, "CREATE TABLE job (name text)", "INSERT INTO job VALUES ('first')");
        }
        var process = PostgresProcess.on(folder.resolve("data")).orElseThrow();
        var properties = new Properties();
        PGProperty.USER.set(properties, database.username());
        PGProperty.PASSWORD.set(properties, database.password());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "18");
        var connection = DriverManager.getConnection(database.jdbcUrl(), properties);
        execute(connection, "CREATE_REPLICATION_SLOT feed LOGICAL test_decoding");
        connection.unwrap(PGConnection.class).getReplicationAPI().replicationStream().logical().withSlotName("feed")
                .start();
        // It does not wait for its clients to leave, which would be for ever.
        database.close();
        assertThat(process.isAlive()).isFalse();
        try (var again = EmbeddedDatabase.start(folder);
                var jobs = connect(again, again.createDatabase("jobs"))) {
            assertThat(query(jobs, "SELECT name FROM job")).isEqualTo("first");
        }
    }

    @Test
    void ends_with_its_jvm_even_when_that_is_killed() throws Exception {
        var jvm = startInAnotherJvm();
        var process = PostgresProcess.on(folder.resolve("data")).orElseThrow();
        assertThat(process.isAlive()).isTrue();
        jvm.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    @Test
    void ends_a_process_that_an_earlier_run_left_behind_and_keeps_its_rows() throws Exception {
        var jvm = startInAnotherJvm();
        var left = PostgresProcess.on(folder.resolve("data")).orElseThrow();
        jvm.children().filter(child -> child.pid() != left.pid()).forEach(ProcessHandle::destroyForcibly);
        jvm.destroyForcibly().waitFor();
        assertThat(left.isAlive()).isTrue();
        try (var database = EmbeddedDatabase.start(folder);
                var connection = connect(database, database.createDatabase("jobs"))) {
            assertThat(left.isAlive()).isFalse();
            assertThat(query(connection, "SELECT name FROM job")).isEqualTo("first");
        }
    }

    @Test
    void ends_with_its_jvm_when_that_is_interrupted() throws Exception {
        var jvm = startInAnotherJvm();
        var process = PostgresProcess.on(folder.resolve("data")).orElseThrow();
        jvm.destroy();
        assertThat(jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void begins_anew_where_an_earlier_run_died_before_the_database_was_ready() throws Exception {
        Files.createFile(folder.resolve("unfinished"));
        Files.createDirectories(folder.resolve("data"));
        Files.createFile(folder.resolve("data/postgresql.conf"));
        try (var database = EmbeddedDatabase.start(folder); var connection = connect(database, database.jdbcUrl())) {
            assertThat(query(connection, "SELECT 1")).isEqualTo("1");
        }
        try (var database = EmbeddedDatabase.start(folder)) {
            assertThat(database.port()).isPositive();
        }
    }

    private Process startInAnotherJvm() throws IOException {
        var jvm = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), DatabaseForEver.class.getName(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        started.add(jvm);
        await().atMost(PATIENCE).until(() -> Files.exists(DatabaseForEver.ready(folder)) || !jvm.isAlive());
        assertThat(jvm.isAlive()).isTrue();
        return jvm;
    }

    @AfterEach
    void end_what_was_started() {
        started.forEach(Process::destroyForcibly);
        PostgresProcess.on(folder.resolve("data")).ifPresent(PostgresProcess::stop);
    }

    private static Connection connect(EmbeddedDatabase database, String url) throws SQLException {
        return DriverManager.getConnection(url, database.username(), database.password());
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
