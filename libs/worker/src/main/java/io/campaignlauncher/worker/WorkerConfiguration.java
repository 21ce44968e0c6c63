package io.campaignlauncher.worker;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything of this module as beans, for workers to import beside {@code MessagingConfiguration}. */
@Configuration(proxyBeanMethods = false)
public class WorkerConfiguration {

    @Bean
    TopicListeners topicListeners(KafkaSettings settings, LaunchRecords records, DeadLetters deadLetters,
            Readiness readiness, ObjectProvider<MeterRegistry> meters, Clock clock) {
        return new TopicListeners(settings, records, deadLetters, readiness,
                meters.getIfAvailable(() -> Metrics.globalRegistry), clock);
    }
}
