package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.testing.LateDoor;
import io.campaignlauncher.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A database that hangs ends the statement, not the service. Each test would not end without the limit that it is about. */
class DatabaseLimitsIT {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final String CANCELLED = "57014";

    private final TestDatabase database = TestDatabase.shared();
    private final String url = database.createDatabase("limits");

    @Test
    void a_statement_that_hangs_is_cancelled_and_the_connection_goes_on() throws SQLException {
        try (var connection = connect(url, new DatabaseLimits(LONG, SHORT, LONG, LONG))) {
            assertThatThrownBy(() -> ask(connection, "select pg_sleep(600)::text"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(CANCELLED));
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_server_that_falls_silent_is_given_up() throws Exception {
        var address = url.substring("jdbc:postgresql://".length());
        try (var door = new LateDoor(address.substring(0, address.indexOf('/')))) {
            door.open();
            var throughTheDoor = url.replace(address.substring(0, address.indexOf('/')), door.address());
            try (var connection = connect(throughTheDoor, new DatabaseLimits(LONG, LONG, A_SECOND, LONG))) {
                assertThat(ask(connection, "select 1")).isEqualTo("1");
                door.fallSilent();
                assertThatThrownBy(() -> ask(connection, "select 1")).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void a_server_that_never_says_a_word_is_given_up() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> connect(
                    "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres?sslmode=disable",
                    new DatabaseLimits(A_SECOND, LONG, A_SECOND, LONG))).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void who_goes_silent_within_a_transaction_holds_no_lock_for_ever() throws SQLException {
        try (var forgetful = connect(url, new DatabaseLimits(LONG, LONG, LONG, SHORT));
                var other = connect(url, new DatabaseLimits(LONG, LONG, LONG, LONG));
                var begun = forgetful.createStatement();
                var waiting = other.createStatement()) {
            waiting.execute("create table held (id int)");
            forgetful.setAutoCommit(false);
            begun.execute("lock table held in access exclusive mode");
            waiting.execute("insert into held values (1)");
            assertThatThrownBy(forgetful::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void what_the_address_says_wins() throws SQLException {
        try (var connection = connect(url + (url.contains("?") ? "&" : "?") + "options=-c%20statement_timeout%3D7s",
                DatabaseLimits.SERVICE)) {
            assertThat(ask(connection, "show statement_timeout")).isEqualTo("7s");
        }
        try (var connection = connect(url, DatabaseLimits.SERVICE)) {
            assertThat(ask(connection, "show statement_timeout")).isEqualTo("20s");
            assertThat(ask(connection, "show idle_in_transaction_session_timeout")).isEqualTo("1min");
        }
    }

    @Test
    void there_is_no_connection_without_limits() {
        assertThatThrownBy(() -> new DatabaseLimits(LONG, Duration.ZERO, LONG, LONG))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("statement PT0S");
    }

    private Connection connect(String address, DatabaseLimits limits) throws SQLException {
        return DriverManager.getConnection(address, limits.login("test", database.username(), database.password()));
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
