package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.AccessConfiguration;
import io.campaignlauncher.access.http.RouteTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Who may ask at which route, and how often. */
@Configuration(proxyBeanMethods = false)
@Import({ AccessConfiguration.class, LimitsConfiguration.class })
public class RulesConfiguration {

    @Bean
    RouteTable routeTable() {
        return new RouteTable(JobRoutes.rules());
    }
}
