package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Everything of this module as beans, for services to import. */
@Configuration(proxyBeanMethods = false)
public class MessagingConfiguration {

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        return KafkaProperties.of(environment).settings(application(environment));
    }

    /** Sends spans to a collector where one is named. */
    @Bean
    AutoCloseable spanExport(Environment environment, Clock clock) {
        var endpoint = SpanSettings.endpoint(environment);
        return endpoint.isBlank() ? () -> {}
                : Spans.exportTo(endpoint, application(environment), SpanSettings.probability(environment),
                        new CollectorOutages(endpoint, clock));
    }

    @Bean
    ServiceSeal serviceSeal(Environment environment) {
        return new ServiceSeal(Settings.of(environment, CredentialSettings.class).requiredKey(),
                UnsignedRecords.of(environment) == UnsignedRecords.ALLOW);
    }

    @Bean
    LaunchRecords launchRecords(ServiceSeal seal) {
        return new LaunchRecords(seal);
    }

    @Bean
    @Fallback
    Clock launchClock() {
        return Clock.systemUTC();
    }

    @Bean
    KafkaRecordPublisher recordPublisher(KafkaSettings settings) {
        return new KafkaRecordPublisher(settings);
    }

    @Bean
    DeadLetters deadLetters(RecordPublisher publisher, ObjectProvider<MeterRegistry> meters, Clock clock) {
        return new DeadLetters(publisher, registry(meters), clock);
    }

    @Bean
    TopicAdministrator topicAdministrator(KafkaSettings settings,
            @Qualifier("topicsProgress") ObjectProvider<Progress> progress, Clock clock) {
        return new TopicAdministrator(settings, progress.getIfAvailable(), clock);
    }

    /** Named by its service, too: several of them may be in one process, each with meters of its own that are shown together. */
    @Bean
    Progress credentialsProgress(ObjectProvider<MeterRegistry> meters, Environment environment) {
        return new Progress("credentials of " + application(environment), registry(meters));
    }

    @Bean
    KafkaPresence kafkaPresence(KafkaSettings settings) {
        return new KafkaPresence(settings);
    }

    @Bean
    ServerWatch kafkaWatch(KafkaSettings settings, KafkaPresence kafka, TopicAdministrator topics, Clock clock) {
        return ServerWatch.ofKafka(settings, kafka, topics, clock);
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

    /** Ready when the topics are there, credentials and kill switches were read: what works on messages waits for it. */
    @Bean
    @Primary
    Readiness messagingReadiness(TopicAdministrator topics, KafkaCredentials credentials,
            KafkaKillSwitches killSwitches) {
        return Readiness.both(topics, Readiness.both(credentials, killSwitches));
    }

    private static String source(Environment environment) {
        return "/" + application(environment);
    }

    private static String application(Environment environment) {
        return environment.getProperty("spring.application.name", "campaign-launcher");
    }

    private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
