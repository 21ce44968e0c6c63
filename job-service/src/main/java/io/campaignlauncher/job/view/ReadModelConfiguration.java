package io.campaignlauncher.job.view;

import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/** The read model: its consumer, its queries, its rebuild. Needs a DataSource, KafkaSettings, a MeterRegistry and a Clock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadModelSettings.class)
public class ReadModelConfiguration {

    private static final String CONTAINER = "readModelContainer";
    private static final long IDLE_INTERVAL_MS = 5_000;
    private static final long RETRY_DELAY_MAX_MS = 10_000;
    private static final int FETCH_WAIT_MS = 2_000;

    @Bean
    Progress readModelProgress(MeterRegistry registry) {
        return new Progress("read-model", registry);
    }

    /** Who has nothing to read gets on as well. */
    @Bean
    ApplicationListener<ListenerContainerIdleEvent> idleReadModel(@Qualifier("readModelProgress") Progress progress) {
        return event -> {
            if (event.getListenerId().startsWith(CONTAINER)) {
                progress.made();
            }
        };
    }

    @Bean(CONTAINER)
    ConcurrentMessageListenerContainer<String, byte[]> readModelContainer(ReadModelSettings settings,
            KafkaSettings kafka, DataSource dataSource, PlatformTransactionManager transactions, LaunchRecords records,
            MeterRegistry registry, Clock clock, @Qualifier("readModelProgress") Progress progress) {
        var jdbc = new JdbcTemplate(dataSource);
        var transaction = new TransactionTemplate(transactions);
        var meters = new ReadModelMeters(registry);
        var projection = new Projection(new ReadModelTables(jdbc, Schema.LIVE, settings.recentJobs()),
                new EventStoreReader(jdbc, transaction), records.encoding(), meters);
        var properties = new ContainerProperties(Topic.JOB_EVENTS.topicName());
        properties.setGroupId(settings.group());
        var listener = new JobEventsListener(projection, jdbc, transaction, meters, new Anomalies(registry), clock);
        properties.setMessageListener((BatchMessageListener<String, byte[]>) poll -> {
            listener.onMessage(poll);
            progress.made();
        });
        properties.setIdleEventInterval(IDLE_INTERVAL_MS);
        // Gathers here and not in the broker's fetch, which would ask as often while there is nothing.
        properties.setIdleBetweenPolls(settings.linger().toMillis());
        var container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(consumer(settings, kafka), new StringDeserializer(),
                        new ByteArrayDeserializer()),
                properties);
        container.setConcurrency(settings.consumers());
        // Without end: an event that is passed over would be missing for good, one that waits is only late.
        var backOff = new ExponentialBackOff(settings.retryDelay().toMillis(), 2);
        backOff.setMaxInterval(RETRY_DELAY_MAX_MS);
        var errors = new DefaultErrorHandler(backOff);
        errors.setClassifications(Map.of(), true);
        container.setCommonErrorHandler(errors);
        return container;
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

    private static Map<String, Object> consumer(ReadModelSettings settings, KafkaSettings kafka) {
        var properties = kafka.groupMember("read-model", settings.group());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.pollRecords());
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        return properties;
    }
}
