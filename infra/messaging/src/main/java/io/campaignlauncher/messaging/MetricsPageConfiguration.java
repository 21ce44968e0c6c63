package io.campaignlauncher.messaging;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * A metrics page for a service without an HTTP API, where {@code management.server.port} is set; at {@code
 * management.server.address}, by default this machine alone. {@code launch.metrics-page=false}: none all the same, because another
 * service of this process serves one.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(MetricsPageConfiguration.Wanted.class)
public class MetricsPageConfiguration {

    private static final String PORT = "management.server.port";

    @Bean
    MetricsPage metricsPage(Environment environment) {
        return new MetricsPage(environment.getProperty("management.server.address", "127.0.0.1"),
                environment.getRequiredProperty(PORT, Integer.class));
    }

    static final class Wanted implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var environment = context.getEnvironment();
            // As in Spring Boot, a negative port means none.
            return environment.getProperty("launch.metrics-page", Boolean.class, true)
                    && environment.getProperty(PORT, Integer.class, -1) >= 0;
        }
    }
}
