package io.campaignlauncher.access.http;

import io.campaignlauncher.messaging.Settings;
import java.time.Duration;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * A service's own threads for HTTP: closing its context must not take those of other clients in the process along. And how it sends
 * callers elsewhere before it goes.
 */
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

    @Bean
    Draining draining(ServerProperties server, Environment environment) {
        return new Draining(server.getShutdown() == Shutdown.GRACEFUL
                ? Settings.of(environment, DrainSettings.class).drain()
                : Duration.ZERO);
    }
}
