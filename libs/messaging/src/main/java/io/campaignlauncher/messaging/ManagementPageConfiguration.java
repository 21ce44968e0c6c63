package io.campaignlauncher.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * A page with metrics and health for a service without an HTTP API, where {@code management.server.port} is set; at {@code
 * management.server.address}, by default this machine alone. {@code launch.metrics-page=false}: none all the same, because another
 * service of this process serves one.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(ManagementPageConfiguration.Wanted.class)
@Import(HealthConfiguration.class)
public class ManagementPageConfiguration {

    @Bean
    static PageRegistry pageRegistry() {
        return new PageRegistry();
    }

    @Bean
    StartHealth startHealthIndicator(Readiness readiness) {
        return new StartHealth(readiness);
    }

    /** Every health indicator of the service is a check, under the name of its bean without the ending. */
    @Bean
    ManagementPage managementPage(Environment environment, Map<String, HealthIndicator> indicators,
            PageRegistry pageRegistry, ObjectProvider<PageGuard> guards) {
        var checks = new HashMap<String, HealthIndicator>();
        indicators.forEach((bean, indicator) -> checks.put(StringUtils.delete(bean, "HealthIndicator"), indicator));
        var server = Settings.of(environment, ManagementServerSettings.class);
        return new ManagementPage(server.address(), Objects.requireNonNull(server.port()), checks,
                Doors.settings(environment),
                pageRegistry.meters, guard(guards, SecurityMode.of(environment)));
    }

    /** Where everybody has to show who they are, a page that asks nobody does not start. */
    private static PageGuard guard(ObjectProvider<PageGuard> guards, SecurityMode mode) {
        return switch (mode) {
            case LOCAL -> guards.getIfAvailable(() -> PageGuard.NONE);
            case TOKENS -> guards.getObject();
        };
    }

    /** Whether there is a page. */
    public static final class Wanted implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return ManagementServerSettings.pageWanted(context.getEnvironment());
        }
    }
}
