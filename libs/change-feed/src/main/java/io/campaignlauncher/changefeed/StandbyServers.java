package io.campaignlauncher.changefeed;

import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.OwnName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The hosts of the database's address that are no primary: one of them may have to take over. */
final class StandbyServers {

    /** It is asked now and then, and tells no more than that. */
    private static final DatabaseLimits LIMITS = new DatabaseLimits(Duration.ofSeconds(2), Duration.ofSeconds(2),
            Duration.ofSeconds(3), Duration.ofSeconds(5));

    private final String url;
    private final Properties login;
    private final boolean several;

    StandbyServers(DatabaseSettings database) {
        this.url = database.url();
        this.login = LIMITS.login(OwnName.connection("change-feed", "standby"), database.username(),
                database.password());
        PGProperty.TARGET_SERVER_TYPE.set(login, "secondary");
        var read = Driver.parseURL(url, null);
        this.several = read != null && String.valueOf(PGProperty.PG_HOST.getOrDefault(read)).contains(",");
    }

    /** Whether the one that answers could go on with this slot; empty where the address names one host, or none answers. */
    Optional<Boolean> keep(String slot) {
        if (!several) {
            return Optional.empty();
        }
        try (var connection = connect()) {
            return JdbcClient.create(new SingleConnectionDataSource(connection, true)).sql("""
                    select exists (select from pg_replication_slots s where slot_name = :slot
                        and (to_jsonb(s) ->> 'synced')::boolean and not temporary
                        and to_jsonb(s) ->> 'invalidation_reason' is null)
                    """).param("slot", slot).query(Boolean.class).optional();
        } catch (SQLException noneAnswers) {
            return Optional.empty();
        }
    }

    /** What the address itself says of the kind of server would win. */
    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url.replaceAll("([?&])targetServerType=[^&]*", "$1"), login);
    }
}
