package io.campaignlauncher.access.http;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** A service's own threads for HTTP: closing its context must not take those of other clients in the process along. */
@Configuration(proxyBeanMethods = false)
public class ServerThreadsConfiguration {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        resources.setShutdownTimeout(STOP_WITHIN);
        return resources;
    }
}
