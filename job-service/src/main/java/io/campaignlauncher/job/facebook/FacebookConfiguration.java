package io.campaignlauncher.job.facebook;

import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.worker.GraphProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The Graph API, as the workers' settings say, with few connections: what people ask for waits here, no launch does. */
@Configuration(proxyBeanMethods = false)
public class FacebookConfiguration {

    private static final int CONNECTIONS_MAX = 32;
    private static final int PENDING_MAX = 500;

    @Bean(destroyMethod = "close")
    HttpGraph graph(Environment environment, MeterRegistry meters) {
        return HttpGraph.over(
                Settings.of(environment, GraphProperties.class).settings(CONNECTIONS_MAX, PENDING_MAX), meters);
    }
}
