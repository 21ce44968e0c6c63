package io.campaignlauncher.messaging;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What tells whether a service is well: Kafka answers, and each part of it gets on.
 */
@Configuration(proxyBeanMethods = false)
@Import(ProgressHealthConfiguration.class)
public class HealthConfiguration {

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaPresence kafka) {
        return new KafkaHealth(kafka);
    }
}
