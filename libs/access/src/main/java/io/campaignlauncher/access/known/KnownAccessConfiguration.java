package io.campaignlauncher.access.known;

import io.campaignlauncher.access.http.IssuerHere;
import io.campaignlauncher.access.http.SecuritySettings;
import io.campaignlauncher.messaging.KafkaConfiguration;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Reads what has become of tokens and API keys, where they are those of our own issuer. Needs what messaging has. */
@Configuration(proxyBeanMethods = false)
@Conditional(KnownAccessConfiguration.OwnIssuer.class)
public class KnownAccessConfiguration {

    /** Named by its service, too: several of them may be in one process. */
    @Bean
    Progress accessProgress(ObjectProvider<MeterRegistry> meters, Environment environment) {
        return new Progress("access of " + KafkaConfiguration.application(environment),
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    AccessTopic accessTopic(KafkaSettings settings, TopicAdministrator topics, LaunchRecords records,
            @Qualifier("accessProgress") Progress progress,
            Clock clock) {
        return new AccessTopic(settings, topics, records, progress, clock);
    }

    static final class OwnIssuer implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var beans = context.getBeanFactory();
            return SecuritySettings.of(context.getEnvironment()).hasOwnIssuer()
                    || beans != null && beans.getBeanNamesForType(IssuerHere.class, true, false).length > 0;
        }
    }
}
