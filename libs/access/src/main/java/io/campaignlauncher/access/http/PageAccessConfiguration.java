package io.campaignlauncher.access.http;

import io.campaignlauncher.messaging.ManagementPageConfiguration;
import io.campaignlauncher.messaging.PageGuard;
import io.campaignlauncher.messaging.SecurityMode;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Who asks, for a service that serves its metrics and health and nothing else. Needs {@link Holders} where tokens are ours. */
@Configuration(proxyBeanMethods = false)
@Conditional(ManagementPageConfiguration.Wanted.class)
public class PageAccessConfiguration {

    @Bean
    PageGuard pageGuard(Environment environment, ObjectProvider<Holders> holders, Clock clock) {
        var bearers = AccessConfiguration.bearers(SecuritySettings.of(environment), SecurityMode.of(environment),
                holders, clock);
        return new GuardedPage(bearers, SecurityMode.of(environment) == SecurityMode.LOCAL);
    }
}
