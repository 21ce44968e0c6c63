package io.campaignlauncher.rollback.kafka;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.JdbcAccountPaces;
import io.campaignlauncher.pace.OwnPaces;
import io.campaignlauncher.pace.PaceDatabase;
import io.campaignlauncher.pace.SharedOrOwnPaces;
import io.campaignlauncher.rollback.graph.RollbackSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import reactor.core.scheduler.Schedulers;

/** How the rollback service shares accounts with creators: over their database, or not at all where it is not told of one. */
@Configuration(proxyBeanMethods = false)
class PaceConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(PaceConfiguration.class);
    private static final String URL = "spring.datasource.url";
    private static final int CONNECTIONS_MAX = 2;

    @Bean
    @ConditionalOnProperty(URL)
    HikariDataSource paceDatabase(Environment environment, ObjectProvider<MeterRegistry> meters) {
        var address = Settings.of(environment, DatabaseSettings.class).required();
        return PaceDatabase.openLater(PaceDatabase.settings(address.url(), address.username(), address.password(),
                OwnName.connection("rollback-service", "pace"), "rollback-pace",
                CONNECTIONS_MAX, meters.getIfAvailable(() -> Metrics.globalRegistry)));
    }

    @Bean
    AccountPaces accountPaces(ObjectProvider<HikariDataSource> paceDatabase, RollbackSettings settings, Clock clock) {
        var database = paceDatabase.getIfAvailable();
        var own = new OwnPaces(clock, settings.deletionsPerSecond());
        if (database == null) {
            LOG.warn("{} is not set: rollbacks are not paced with creations, nor with rollbacks of other processes",
                    URL);
            return own;
        }
        return new SharedOrOwnPaces(new JdbcAccountPaces(database, settings.deletionsPerSecond()), own, clock,
                Schedulers.parallel());
    }
}
