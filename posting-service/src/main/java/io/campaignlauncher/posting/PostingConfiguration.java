package io.campaignlauncher.posting;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.FeatureLevels;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.messaging.TableSizes;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.posting.store.JdbcPostStore;
import io.campaignlauncher.posting.store.PostDatabase;
import io.campaignlauncher.telegram.TelegramProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the service has with and without a bot. */
@Configuration(proxyBeanMethods = false)
class PostingConfiguration {

    static final String PART = "posting";

    private static final Logger LOG = LoggerFactory.getLogger(PostingConfiguration.class);

    @Bean
    TelegramProperties telegramProperties(Environment environment) {
        return Settings.of(environment, TelegramProperties.class);
    }

    @Bean
    PostingProperties postingProperties(Environment environment) {
        return Settings.of(environment, PostingProperties.class);
    }

    /** Ready when the topics are there and this instance has said what it reads. */
    @Bean
    @Primary
    Readiness postingReadiness(TopicAdministrator topics, FeatureLevels levels) {
        return Readiness.both(topics, levels::known);
    }

    /** Of the worker. Without a bot there is none, and the service says so as long as it runs. */
    @Bean
    Progress postingProgress(TelegramProperties telegram, ObjectProvider<MeterRegistry> meters) {
        var progress = new Progress(PART, registry(meters));
        if (!telegram.hasToken()) {
            LOG.info(TelegramProperties.NO_TOKEN);
            progress.rests();
            progress.held(TelegramProperties.NO_TOKEN);
        }
        return progress;
    }

    @Bean
    HikariDataSource postDatabase(Environment environment, PostingProperties posting,
            ObjectProvider<MeterRegistry> meters) {
        var address = Settings.of(environment, DatabaseSettings.class).required();
        return PostDatabase.open(address.url(), address.username(), address.password(),
                posting.databaseConnections(), registry(meters));
    }

    /** Its schema is made over a connection of its own: a change of a large table takes longer than any claim may. */
    @Bean
    JdbcPostStore postStore(HikariDataSource database, TelegramProperties telegram, PostingProperties posting,
            Environment environment) {
        PostDatabase.migrate(new DriverManagerDataSource(database.getJdbcUrl(),
                DatabaseLimits.LONG_WORK.login(OwnName.connection(PostingService.NAME, "migrations"),
                        database.getUsername(), database.getPassword())));
        return new JdbcPostStore(database,
                Settings.of(environment, SendingProperties.class).settings(telegram, posting).attemptMax());
    }

    /** Its tables are made with the store. */
    @Bean
    TableSizes postTableSizes(HikariDataSource database, JdbcPostStore store, ObjectProvider<MeterRegistry> meters) {
        return new TableSizes(database, registry(meters), List.of("posting.post_jobs", "posting.post_attempts",
                "posting.known_posts", "posting.post_requests"));
    }

    @Bean
    DataSourceHealthIndicator dbHealthIndicator(HikariDataSource database) {
        return new DataSourceHealthIndicator(database);
    }

    static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
