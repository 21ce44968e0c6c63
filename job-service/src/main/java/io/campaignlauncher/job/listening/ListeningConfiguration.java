package io.campaignlauncher.job.listening;

import io.campaignlauncher.messaging.KafkaSettings;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For configurations that have listeners. Needs KafkaSettings. */
@Configuration(proxyBeanMethods = false)
public class ListeningConfiguration {

    @Bean
    BatchListeners batchListeners(KafkaSettings kafka, ApplicationEventPublisher events) {
        return new BatchListeners(kafka, events);
    }
}
