package io.campaignlauncher.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** As all services have it. */
class MigrationLocksIT {

    @Test
    void a_change_of_a_table_that_is_in_use_gives_up_soon_and_can_be_tried_again() throws SQLException {
        var server = TestDatabase.shared();
        var url = server.createDatabase("held_table");
        try (var user = DriverManager.getConnection(url, server.username(), server.password());
                var statement = user.createStatement()) {
            statement.execute("create table held (a int)");
            user.setAutoCommit(false);
            statement.execute("lock table held in access share mode");

            assertThatThrownBy(() -> migrations(server, url).load().migrate()).rootCause()
                    .isInstanceOfSatisfying(SQLException.class,
                            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("55P03"));

            user.rollback();
            assertThat(migrations(server, url).load().migrate().migrationsExecuted).isEqualTo(1);
        }
    }

    private static FluentConfiguration migrations(TestDatabase server, String url) {
        return Flyway.configure().dataSource(url, server.username(), server.password()).baselineOnMigrate(true)
                .baselineVersion("0").locations("classpath:db/heldtable", "classpath:db/limits");
    }
}
