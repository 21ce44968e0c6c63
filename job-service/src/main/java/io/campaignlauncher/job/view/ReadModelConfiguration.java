package io.campaignlauncher.job.view;

import io.campaignlauncher.job.listening.BatchListeners;
import io.campaignlauncher.job.listening.BatchSettings;
import io.campaignlauncher.job.listening.ListeningConfiguration;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.readmodel.LiveProjection;
import io.campaignlauncher.readmodel.ReadModelMeters;
import io.campaignlauncher.readmodel.ReadModelRebuild;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The read model: its consumer, its queries, its rebuild. Needs a DataSource, KafkaSettings, a MeterRegistry and a Clock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadModelSettings.class)
@Import(ListeningConfiguration.class)
public class ReadModelConfiguration {

    private static final String CONTAINER = "readModelContainer";
    private static final Duration RETRY_DELAY_MAX = Duration.ofSeconds(10);

    @Bean
    Progress readModelProgress(MeterRegistry registry) {
        return new Progress("read-model", registry);
    }

    @Bean(CONTAINER)
    ConcurrentMessageListenerContainer<String, byte[]> readModelContainer(ReadModelSettings settings,
            BatchListeners listeners, DataSource dataSource, PlatformTransactionManager transactions,
            LaunchRecords records,
            CredentialUses uses, MeterRegistry registry, Clock clock,
            @Qualifier("readModelProgress") Progress progress) {
        var meters = new ReadModelMeters(registry);
        var tables = new LiveProjection(dataSource, new TransactionTemplate(transactions), records.encoding(), meters,
                settings.recentJobs());
        var listener = new JobEventsListener(tables, uses, meters, new Anomalies(registry), clock);
        return listeners.listener(CONTAINER, "read-model", settings.group(),
                new BatchSettings(settings.consumers(), settings.pollRecords(), settings.linger(),
                        settings.retryDelay(), RETRY_DELAY_MAX),
                progress, listener, Topic.JOB_EVENTS);
    }

    @Bean
    CredentialUses credentialUses(DataSource dataSource, LaunchRecords records) {
        return new CredentialUses(dataSource, records.encoding());
    }

    @Bean
    JobQueries jobQueries(DataSource dataSource, PlatformTransactionManager transactions, LaunchRecords records) {
        return new JobQueries(dataSource, transactions, records.encoding());
    }

    @Bean
    ReadModelRebuild readModelRebuild(DataSource dataSource, PlatformTransactionManager transactions,
            LaunchRecords records, MeterRegistry registry) {
        return new ReadModelRebuild(dataSource, transactions, records.encoding(), registry);
    }
}
