package io.campaignlauncher.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

/** The database of the system under measurement, by the settings that its job-service has. */
final class SystemDatabase {

    private SystemDatabase() {}

    /** @param properties with {@code spring.datasource.*} */
    static Connection connect(Map<String, Object> properties) throws SQLException {
        return DriverManager.getConnection(setting(properties, "url"), setting(properties, "username"),
                setting(properties, "password"));
    }

    private static String setting(Map<String, Object> properties, String name) {
        return Objects.requireNonNull(properties.get("spring.datasource." + name), name).toString();
    }
}
