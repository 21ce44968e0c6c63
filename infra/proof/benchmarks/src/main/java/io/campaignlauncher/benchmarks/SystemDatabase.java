package io.campaignlauncher.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database of the system under measurement, by the settings that a service of it has. */
final class SystemDatabase {

    private SystemDatabase() {}

    /** @param properties with {@code spring.datasource.*} */
    static Connection connect(Map<String, Object> properties) throws SQLException {
        return DriverManager.getConnection(setting(properties, "url"), setting(properties, "username"),
                setting(properties, "password"));
    }

    /** A connection for each who asks. @param properties as above */
    static DriverManagerDataSource source(Map<String, Object> properties) {
        return new DriverManagerDataSource(setting(properties, "url"), setting(properties, "username"),
                setting(properties, "password"));
    }

    private static String setting(Map<String, Object> properties, String name) {
        return Objects.requireNonNull(properties.get("spring.datasource." + name), name).toString();
    }
}
