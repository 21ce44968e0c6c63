package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.standalone.Services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/processes.md counts the connections to PostgreSQL: they are those of the pools that there are, and what the server shows beside them. */
@OnRunningSystem
class DatabaseConnectionsIT {

    private static final Path PAGE = Path.of("../../docs/processes.md");
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| ([a-z-]+) \\| `([a-z-]+)`, (\\d+)[^|]*\\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$");
    private static final Pattern SUM = Pattern.compile("(?m)^\\| together \\| \\| \\| \\| (\\d+) \\|$");
    /** Not of a pool: what reads the change feed. */
    private static final String FEEDS = "select count(*) from pg_stat_activity where application_name like 'Debezium%'"
            + " and backend_type = 'client backend'";
    private static final String SENDERS = "select count(*) from pg_stat_activity where backend_type = 'walsender'";

    private final RunningSystem system;

    DatabaseConnectionsIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void every_pool_is_in_the_table_with_its_size() throws IOException {
        var pools = Arrays.stream(Service.values()).map(system.services()::context)
                .flatMap(service -> service.getBeansOfType(HikariDataSource.class).values().stream())
                .collect(Collectors.toMap(HikariDataSource::getPoolName, HikariDataSource::getMaximumPoolSize));

        var told = ROW.matcher(page()).results()
                .collect(Collectors.toMap(row -> row.group(2), row -> Integer.parseInt(row.group(3))));
        assertThat(pools).isNotEmpty().isEqualTo(told);
    }

    @Test
    void a_feed_has_two_connections_beside_its_pool_and_a_sender_of_the_log() {
        var administrator = system.sqlOfAdministrator();
        await().atMost(RunningSystem.PATIENCE).untilAsserted(() -> {
            assertThat(administrator.sql(SENDERS).query(Long.class).single()).as("job-service, moderation-service")
                    .isEqualTo(2);
            assertThat(administrator.sql(FEEDS).query(Long.class).single()).isEqualTo(4);
        });
    }

    @Test
    void the_rows_add_up() throws IOException {
        var sum = ROW.matcher(page()).results().mapToInt(row -> {
            int each = Integer.parseInt(row.group(3)) + Integer.parseInt(row.group(4));
            int all = each * Integer.parseInt(row.group(5));
            assertThat(Integer.parseInt(row.group(6))).as(row.group(1)).isEqualTo(all);
            return all;
        }).sum();
        assertThat(SUM.matcher(page()).results().map(one -> Integer.parseInt(one.group(1)))).containsExactly(sum);
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }
}
