package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.FeatureLevel;
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
import org.springframework.core.env.Environment;

/** Kafka as beans, and the topics; without access tokens and kill switches, for a service that needs neither. */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {

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
    WrittenLevel writtenLevel() {
        return new WrittenLevel();
    }

    /** Writes nothing that some instance does not read. */
    @Bean
    LaunchRecords launchRecords(ServiceSeal seal, WrittenLevel level) {
        return new LaunchRecords(seal, level);
    }

    @Bean
    KafkaFeatureLevels featureLevels(KafkaSettings settings, TopicAdministrator topics, RecordPublisher publisher,
            LaunchRecords records, WrittenLevel level, ObjectProvider<MeterRegistry> meters, Clock clock,
            Environment environment) {
        return new KafkaFeatureLevels(settings, topics, publisher, records, level,
                Settings.of(environment, FeatureLevelSettings.class), FeatureLevel.READ, registry(meters),
                "/" + application(environment), clock);
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

    @Bean
    KafkaPresence kafkaPresence(KafkaSettings settings) {
        return new KafkaPresence(settings);
    }

    @Bean
    ServerWatch kafkaWatch(KafkaSettings settings, KafkaPresence kafka, TopicAdministrator topics, Clock clock) {
        return ServerWatch.ofKafka(settings, kafka, topics, clock);
    }

    /** Name of the service. */
    public static String application(Environment environment) {
        return environment.getProperty("spring.application.name", "campaign-launcher");
    }

    private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
