package io.campaignlauncher.messaging;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Whether each part of a service gets on. */
@Configuration(proxyBeanMethods = false)
public class ProgressHealthConfiguration {

    @Bean
    ProgressHealth progressHealthIndicator(ObjectProvider<Progress> parts, Environment environment) {
        return new ProgressHealth(parts.stream().toList(),
                Settings.of(environment, ProgressSettings.class).stalledAfter());
    }
}
