package io.campaignlauncher.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * How much room tables take with their indexes: metric {@code launch.table.bytes}; {@code NaN} while it is not known. Asks for
 * the sizes of files, which costs next to nothing however many rows there are.
 */
public final class TableSizes implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TableSizes.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final DataSource database;
    private final List<String> tables;
    private final Map<String, Long> bytes = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService measuring;

    /** @param tables with their schemas where that is not the usual one */
    public TableSizes(DataSource database, MeterRegistry meters, List<String> tables) {
        this.database = database;
        this.tables = List.copyOf(tables);
        for (var table : tables) {
            new LiveGauge<TableSizes>("launch.table", Tags.of("table", table), "bytes",
                    "Room that the table takes with its indexes", sizes -> sizes.bytesOf(table), TableSizes::known)
                    .join(meters, this);
        }
    }

    private double bytesOf(String table) {
        var known = bytes.get(table);
        return known == null ? Double.NaN : known;
    }

    /** One that does not measure any more, or not yet, hides no other. */
    private static double known(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.max(one, other);
    }

    @Override
    public synchronized void start() {
        measuring = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("table-sizes").daemon().factory());
        measuring.scheduleWithFixedDelay(this::measure, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void measure() {
        try (var connection = database.getConnection();
                var asked = connection.prepareStatement(
                        "select name, pg_total_relation_size(to_regclass(name)) from unnest(?::text[]) as name")) {
            asked.setArray(1, connection.createArrayOf("text", tables.toArray()));
            try (var row = asked.executeQuery()) {
                while (row.next()) {
                    bytes.put(row.getString(1), row.getLong(2));
                }
            }
        } catch (SQLException e) {
            LOG.debug("the sizes of tables are not known: {}", e.getMessage());
            bytes.clear();
        }
    }

    @Override
    public synchronized void stop() {
        if (measuring != null) {
            // Not interrupted: that breaks the connection of a query under way.
            measuring.shutdown();
            measuring = null;
            bytes.clear();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return measuring != null;
    }
}
