package io.campaignlauncher.job.calls;

import io.campaignlauncher.job.listening.BatchListeners;
import io.campaignlauncher.job.listening.BatchSettings;
import io.campaignlauncher.job.listening.ListeningConfiguration;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;

/** The requests to Facebook: their consumer and their queries. Needs a DataSource, KafkaSettings, DeadLetters and a MeterRegistry. */
@Configuration(proxyBeanMethods = false)
@Import(ListeningConfiguration.class)
public class CallsConfiguration {

    private static final String CONTAINER = "graphCallsContainer";
    private static final String GROUP = "job-service-graph-calls";
    private static final BatchSettings SETTINGS = new BatchSettings(1, 200, Duration.ofMillis(100),
            Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** Its progress is a figure and no bean: a service whose notes are stuck is as ready as ever. */
    @Bean(CONTAINER)
    ConcurrentMessageListenerContainer<String, byte[]> graphCallsContainer(BatchListeners listeners,
            DataSource dataSource, PlatformTransactionManager transactions, LaunchRecords records,
            DeadLetters deadLetters, MeterRegistry meters) {
        return listeners.listener(CONTAINER, "graph-calls", GROUP, SETTINGS, new Progress("graph-calls", meters),
                new CallsListener(records, new CallNotes(dataSource, transactions), deadLetters), Topic.GRAPH_CALLS);
    }

    @Bean
    GraphCalls graphCalls(DataSource dataSource, PlatformTransactionManager transactions) {
        return new GraphCalls(dataSource, transactions);
    }
}
