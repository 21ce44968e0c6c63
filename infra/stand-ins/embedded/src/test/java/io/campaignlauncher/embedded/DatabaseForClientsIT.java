package io.campaignlauncher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an embedded database is to its clients: what they can rely on, who gets in, what they may do there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class DatabaseForClientsIT {

    private static final String WRONG_PASSWORD = "28P01";
    private static final String NOT_ALLOWED = "42501";

    private Path folder;
    private EmbeddedDatabase database;
    private int takenPort;

    /** An older version left the port of another program, and rights for everybody. */
    @BeforeAll
    void start_where_somebody_else_has_taken_the_port(@TempDir Path given) throws IOException {
        folder = given;
        try (var somebodyElse = new ServerSocket(0, 1, InetAddress.getByName(FreePorts.LOOPBACK))) {
            takenPort = somebodyElse.getLocalPort();
            Files.writeString(folder.resolve("port"), Integer.toString(takenPort));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            database = EmbeddedDatabase.start(folder);
        }
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void makes_commits_durable_and_allows_logical_replication() throws SQLException {
        try (var connection = connect(login(ServiceLogin.JOB_SERVICE), database)) {
            assertThat(query(connection, "SHOW fsync")).containsExactly("on");
            assertThat(query(connection, "SHOW synchronous_commit")).containsExactly("on");
            assertThat(query(connection, "SHOW wal_level")).containsExactly("logical");
        }
    }

    @Test
    void refuses_a_name_that_is_no_plain_word() {
        assertThatThrownBy(() -> database.createDatabase("a; DROP TABLE b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listens_elsewhere_where_somebody_else_has_taken_its_port() throws IOException {
        assertThat(database.port()).isNotEqualTo(takenPort);
        assertThat(Files.readString(folder.resolve("port"))).isEqualTo(Integer.toString(database.port()));
    }

    @Test
    void takes_no_other_server_for_one_that_an_earlier_run_left_behind(@TempDir Path other) throws IOException {
        var itsNumber = Files.readAllLines(database.folder().resolve("postmaster.pid")).getFirst();
        Files.writeString(other.resolve("postmaster.pid"), itsNumber + "\n");
        assertThat(PostgresProcess.on(database.folder())).isPresent();
        assertThat(PostgresProcess.on(other)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "postgres", "job_service", "creator_service", "rollback_service",
        "identity_service", "nobody" })
    void lets_nobody_in_without_the_right_password(String role) {
        for (var password : List.of("postgres", role, "")) {
            assertRefused(role, password, new Properties());
            var replication = new Properties();
            PGProperty.REPLICATION.set(replication, "database");
            PGProperty.PREFER_QUERY_MODE.set(replication, "simple");
            PGProperty.ASSUME_MIN_SERVER_VERSION.set(replication, "18");
            assertRefused(role, password, replication);
        }
    }

    @Test
    void asks_for_a_password_on_every_way_in() throws SQLException {
        try (var connection = connect(database.administrator(), database)) {
            assertThat(query(connection, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"))
                    .containsExactly("scram-sha-256");
            assertThat(query(connection, "SELECT DISTINCT left(rolpassword, 13) FROM pg_authid"
                    + " WHERE rolcanlogin")).containsExactly("SCRAM-SHA-256");
        }
    }

    @Test
    void has_no_superuser_but_the_administrator() throws SQLException {
        try (var connection = connect(database.administrator(), database)) {
            assertThat(query(connection, "SELECT rolname FROM pg_roles WHERE rolsuper")).containsExactly("postgres");
            assertThat(query(connection, "SELECT rolname FROM pg_roles WHERE rolreplication AND NOT rolsuper"))
                    .containsExactlyInAnyOrder("job_service", "moderation_service");
        }
    }

    @Test
    void gives_the_job_service_all_that_it_needs() throws SQLException {
        try (var connection = connect(login(ServiceLogin.JOB_SERVICE), database)) {
            execute(connection, "CREATE SCHEMA event_store", "CREATE TABLE event_store.events (id int PRIMARY KEY)",
                    "CREATE TABLE jobs (id int)",
                    "CREATE PUBLICATION feed FOR TABLE event_store.events WITH (publish = 'insert')",
                    "SELECT pg_create_logical_replication_slot('feed', 'pgoutput')",
                    "SELECT pg_logical_emit_message(true, 'feed', '')", "SELECT pg_drop_replication_slot('feed')");
        }
    }

    @Test
    void gives_the_creator_a_schema_of_its_own_and_nothing_else() throws SQLException {
        try (var connection = connect(login(ServiceLogin.CREATOR_SERVICE), database)) {
            execute(connection, "CREATE TABLE creator.claims (id int)", "INSERT INTO creator.claims VALUES (1)",
                    "DROP TABLE creator.claims");
        }
        for (var other : List.of(ServiceLogin.CREATOR_SERVICE, ServiceLogin.ROLLBACK_SERVICE)) {
            assertNotAllowed(other, "CREATE TABLE public.other (id int)");
            assertNotAllowed(other, "CREATE SCHEMA other");
            assertNotAllowed(other, "SELECT pg_create_logical_replication_slot('other', 'pgoutput')");
            assertNotAllowed(other, "SELECT rolpassword FROM pg_authid");
            assertNotAllowed(other, "COPY (SELECT 1) TO PROGRAM 'cat'");
        }
        assertNotAllowed(ServiceLogin.ROLLBACK_SERVICE, "CREATE TABLE creator.other (id int)");
        assertNotAllowed(ServiceLogin.JOB_SERVICE, "ALTER SYSTEM SET fsync = off");
        assertNotAllowed(ServiceLogin.JOB_SERVICE, "CREATE ROLE other SUPERUSER");
    }

    @Test
    void keeps_its_files_to_their_owner() throws IOException {
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.startsWith(database.folder())))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .as(file.toString()).isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
        assertThat(Files.readString(folder.resolve("pgpass")))
                .contains("127.0.0.1:*:*:job_service:" + database.password()).doesNotContain("postgres");
    }

    /** The way from the open folder of an older version to a closed one, which broke off before. */
    @Test
    void closes_the_folder_of_an_older_version_wherever_the_way_there_broke_off(CapturedOutput output,
            @TempDir Path older) throws Exception {
        makeAsOlderVersionsDid(older);
        var passwords = new Passwords(older.resolve("passwords"));
        var access = new DatabaseAccess(older.resolve("data"), passwords);
        assertThat(access.isClosed()).isFalse();
        passwords.of(DatabaseAccess.ADMINISTRATOR);
        assertThat(access.isClosed()).as("the password is kept, and not given yet").isFalse();
        access.open();
        assertThat(access.isClosed()).as("open for its administrator").isFalse();

        try (var now = EmbeddedDatabase.start(older); var administrator = connect(now.administrator(), now)) {
            assertThat(access.isClosed()).isTrue();
            assertClosedAndHandedOver(now);
            execute(administrator, "ALTER DATABASE postgres OWNER TO postgres", "ALTER TABLE jobs OWNER TO postgres",
                    "ALTER SCHEMA creator OWNER TO postgres", "DROP ROLE rollback_service");
            new DatabaseRoles(now.administrator(), now::jdbcUrl, passwords).prepare();
            assertClosedAndHandedOver(now);
        }
        Files.delete(passwords.file(DatabaseAccess.ADMINISTRATOR));
        assertThat(access.isClosed()).as("the administrator's password is lost").isFalse();
        assertThat(output.getAll()).containsOnlyOnce("was open to everybody of this machine")
                .doesNotContain(passwords.of("job_service"));
    }

    private static void makeAsOlderVersionsDid(Path older) throws Exception {
        Files.createDirectories(older.resolve("data"));
        try (var server = EmbeddedPostgres.builder().setDataDirectory(older.resolve("data"))
                .setCleanDataDirectory(false).setRegisterShutdownHook(false)
                .setServerConfig("unix_socket_directories", "").setServerConfig("wal_level", "logical").start();
                var connection = server.getPostgresDatabase().getConnection()) {
            execute(connection, "CREATE SCHEMA event_store", "CREATE TYPE event_store.kind AS ENUM ('one')",
                    "CREATE TABLE event_store.events (id bigint GENERATED BY DEFAULT AS IDENTITY, name text, "
                            + "kind event_store.kind)",
                    "CREATE FUNCTION event_store.one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                    "CREATE TABLE jobs (id bigserial)", "CREATE VIEW job_view AS SELECT * FROM jobs",
                    "CREATE MATERIALIZED VIEW job_sums AS SELECT * FROM jobs", "CREATE SEQUENCE loose",
                    "CREATE PUBLICATION feed FOR TABLE event_store.events",
                    "CREATE SCHEMA creator", "CREATE TABLE creator.creation_claims (id int)",
                    "INSERT INTO event_store.events (name) VALUES ('first')", "CREATE DATABASE jobs");
        }
    }

    private static void assertClosedAndHandedOver(EmbeddedDatabase now) throws SQLException {
        assertThatThrownBy(() -> connect(new Login("postgres", "postgres"), now));
        try (var connection = connect(now.administrator(), now)) {
            assertThat(query(connection, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"))
                    .containsExactly("scram-sha-256");
            assertThat(query(connection, """
                    SELECT DISTINCT nspname || ' ' || relowner::regrole FROM pg_class c
                    JOIN pg_namespace n ON n.oid = relnamespace
                    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1
                    """)).containsExactly("creator creator_service", "event_store job_service", "public job_service");
            assertThat(query(connection, """
                    SELECT datname || ' ' || datdba::regrole FROM pg_database WHERE NOT datistemplate
                    UNION ALL SELECT pubname || ' ' || pubowner::regrole FROM pg_publication
                    UNION ALL SELECT nspname || ' ' || nspowner::regrole FROM pg_namespace
                        WHERE nspname IN ('creator', 'event_store', 'identity')
                    UNION ALL SELECT proname || ' ' || proowner::regrole FROM pg_proc WHERE proname = 'one'
                    UNION ALL SELECT typname || ' ' || typowner::regrole FROM pg_type WHERE typname = 'kind'
                    """)).containsExactlyInAnyOrder("postgres job_service", "jobs job_service", "feed job_service",
                    "creator creator_service", "event_store job_service", "identity identity_service",
                    "one job_service", "kind job_service");
        }
        try (var connection = DriverManager.getConnection(now.jdbcUrl(), now.username(), now.password())) {
            assertThat(query(connection, "SELECT name FROM event_store.events")).containsExactly("first");
            execute(connection, "CREATE TABLE IF NOT EXISTS event_store.more (id int)",
                    "ALTER PUBLICATION feed SET (publish = 'insert')");
        }
    }

    private Login login(ServiceLogin who) {
        var settings = database.settings(who);
        return new Login(settings.get("spring.datasource.username"), settings.get("spring.datasource.password"));
    }

    private void assertRefused(String role, String password, Properties properties) {
        PGProperty.USER.set(properties, role);
        if (!password.isEmpty()) {
            PGProperty.PASSWORD.set(properties, password);
        }
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), properties))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                        .isIn(WRONG_PASSWORD, "08004"))
                .hasMessageContaining("password");
    }

    private void assertNotAllowed(ServiceLogin who, String sql) {
        assertThatThrownBy(() -> {
            try (var connection = connect(login(who), database)) {
                execute(connection, sql);
            }
        }).as(who + ": " + sql).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
    }

    private static Connection connect(Login login, EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), login.username(), login.password());
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
