package io.campaignlauncher.messaging;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * What tells whether a service is well: Kafka answers, and each part of it gets on.
 */
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaPresence kafka) {
        return new KafkaHealth(kafka);
    }

    @Bean
    ProgressHealth progressHealthIndicator(ObjectProvider<Progress> parts, Environment environment) {
        return new ProgressHealth(parts.stream().toList(),
                Settings.of(environment, ProgressSettings.class).stalledAfter());
    }
}
