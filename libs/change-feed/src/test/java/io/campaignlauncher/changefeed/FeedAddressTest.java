package io.campaignlauncher.changefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;
import org.postgresql.util.HostSpec;

/** The address of the database as the change feed reads it, beside a connection that the driver made. */
class FeedAddressTest {

    @Test
    void reads_from_the_host_that_the_driver_chose() throws Exception {
        assertThat(settings("jdbc:postgresql://a:1,b:2/x?targetServerType=primary", "b", 2))
                .containsEntry("database.hostname", "b").containsEntry("database.port", "2")
                .containsEntry("driver.targetServerType", "primary");
    }

    @Test
    void a_host_may_have_an_underscore() throws Exception {
        assertThat(settings("jdbc:postgresql://pg_main/x", "pg_main", 5432))
                .containsEntry("database.hostname", "pg_main").containsEntry("database.port", "5432");
    }

    @Test
    void what_the_address_says_of_the_login_outranks_the_settings() throws Exception {
        assertThat(settings("jdbc:postgresql://h/x?user=url&password=a%26b", "h", 5432))
                .containsEntry("database.password", "a&b");
        assertThat(settings("jdbc:postgresql://h/x", "h", 5432)).containsEntry("database.password", "of the settings");
    }

    @Test
    void every_parameter_holds_for_the_reader_too() throws Exception {
        assertThat(settings("jdbc:postgresql://h/x?sslmode=verify-full&sslrootcert=/r.pem&sslcert=/c.pem&sslkey=/k.pk8"
                + "&options=-c%20work_mem%3D1MB&socketTimeout=5", "h", 5432))
                .containsEntry("driver.sslmode", "verify-full").containsEntry("driver.sslrootcert", "/r.pem")
                .containsEntry("driver.sslcert", "/c.pem").containsEntry("driver.sslkey", "/k.pk8")
                .containsEntry("driver.options", "-c work_mem=1MB").containsEntry("driver.socketTimeout", "5");
    }

    @Test
    void where_the_address_names_neither_host_nor_user_the_connection_tells() throws Exception {
        assertThat(settings("jdbc:postgresql:x", "localhost", 5432))
                .containsEntry("database.hostname", "localhost").containsEntry("database.user", "who logged in")
                .containsEntry("database.dbname", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = { "jdbc:postgresql://[::1]:5432/x", "jdbc:postgresql://a:1,[::1]:2/x",
        "jdbc:postgresql://h:99999/x", "jdbc:mysql://h/x", "jdbc:postgresql://h/a%3Fb", "jdbc:postgresql://h/a%2525" })
    void what_the_feed_cannot_reach_ends_the_start_with_a_sentence_that_names_the_setting(String url) {
        assertThatThrownBy(() -> FeedAddress.of(url, "", "")).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("spring.datasource.url");
    }

    @ParameterizedTest
    @CsvSource({ "a-b, a-b", "a%20b, 'a b'", "märz, märz" })
    void odd_names_of_databases_are_read_where_they_can_be(String written, String name) throws Exception {
        assertThat(FeedAddress.of("jdbc:postgresql://h/" + written, "", "").settings(connection("h", 1, name)))
                .containsEntry("database.dbname", name);
    }

    private static Properties settings(String url, String host, int port) throws Exception {
        return FeedAddress.of(url, "of the settings", "of the settings").settings(connection(host, port, "x"));
    }

    private static Connection connection(String host, int port, String database) {
        var metadata = answering(DatabaseMetaData.class, "getUserName", "who logged in");
        var executor = answering(QueryExecutor.class, "getHostSpec", new HostSpec(host, port));
        var base = (BaseConnection) Proxy.newProxyInstance(FeedAddressTest.class.getClassLoader(),
                new Class<?>[]{ BaseConnection.class }, (_, method, _) -> switch (method.getName()) {
                    case "getQueryExecutor" -> executor;
                    case "getCatalog" -> database;
                    case "getMetaData" -> metadata;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return answering(Connection.class, "unwrap", base);
    }

    private static <T> T answering(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(FeedAddressTest.class.getClassLoader(), new Class<?>[]{ type },
                (_, called, _) -> called.getName().equals(method) ? answer
                        : unsupported(called)));
    }

    private static Object unsupported(Method called) {
        throw new UnsupportedOperationException(called.getName());
    }
}
