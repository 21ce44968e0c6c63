package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Everything of this module as beans, for services to import. */
@Configuration(proxyBeanMethods = false)
@Import(KafkaConfiguration.class)
public class MessagingConfiguration {

    /** Named by its service, too: several of them may be in one process, each with meters of its own that are shown together. */
    @Bean
    Progress credentialsProgress(ObjectProvider<MeterRegistry> meters, Environment environment) {
        return new Progress("credentials of " + application(environment), registry(meters));
    }

    @Bean
    KafkaCredentials credentials(KafkaSettings settings, TopicAdministrator topics, RecordPublisher publisher,
            LaunchRecords records, @Qualifier("credentialsProgress") Progress progress, Clock clock,
            Environment environment) {
        var key = Settings.of(environment, CredentialSettings.class).requiredKey();
        return new KafkaCredentials(settings, topics, publisher, records, TokenCipher.withKey(key), source(environment),
                progress, clock);
    }

    @Bean
    KafkaKillSwitches killSwitches(KafkaSettings settings, TopicAdministrator topics, RecordPublisher publisher,
            LaunchRecords records, ObjectProvider<MeterRegistry> meters, Clock clock, Environment environment) {
        var initial = Settings.of(environment, KillSwitchSettings.class).initial();
        return new KafkaKillSwitches(settings, topics, publisher, records, initial, registry(meters),
                source(environment), clock);
    }

    /**
     * Ready when the topics are there, credentials and kill switches were read and this instance has said what it reads: what works
     * on messages waits for it.
     */
    @Bean
    @Primary
    Readiness messagingReadiness(TopicAdministrator topics, KafkaCredentials credentials,
            KafkaKillSwitches killSwitches, FeatureLevels levels) {
        return Readiness.both(Readiness.both(topics, levels::known), Readiness.both(credentials, killSwitches));
    }

    private static String source(Environment environment) {
        return "/" + application(environment);
    }

    private static String application(Environment environment) {
        return KafkaConfiguration.application(environment);
    }

    private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
