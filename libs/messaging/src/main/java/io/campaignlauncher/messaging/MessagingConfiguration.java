package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * Everything of this module as beans, for services to import. Settings: {@code kafka.bootstrap-servers} (or {@code
 * spring.kafka.bootstrap-servers}), {@code kafka.replication-factor}, {@code kafka.properties.*} (or {@code
 * spring.kafka.properties.*}) for logging in, {@code launch.credentials.key}, {@code launch.kill-switch.*}, {@code
 * management.opentelemetry.tracing.export.otlp.endpoint} (where spans go) and {@code management.tracing.sampling.probability}.
 */
@Configuration(proxyBeanMethods = false)
public class MessagingConfiguration {

    private static final String BOOTSTRAP_SERVERS = "kafka.bootstrap-servers";
    private static final String SPRING = "spring.";
    private static final String KEY = "launch.credentials.key";
    private static final String KILL_SWITCH = "launch.kill-switch.";
    private static final String SPANS_ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";
    private static final String SPANS_ENDPOINT_FORMERLY = "management.otlp.tracing.endpoint";
    private static final String SPANS_PROBABILITY = "management.tracing.sampling.probability";

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        var bootstrapServers = environment.getProperty(BOOTSTRAP_SERVERS,
                environment.getProperty(SPRING + BOOTSTRAP_SERVERS, ""));
        if (bootstrapServers.isBlank()) {
            throw new IllegalStateException("set " + BOOTSTRAP_SERVERS + " (or " + SPRING + BOOTSTRAP_SERVERS + ")");
        }
        var properties = new HashMap<>(properties(environment, SPRING + "kafka.properties"));
        properties.putAll(properties(environment, "kafka.properties"));
        var replicationFactor = environment.getProperty("kafka.replication-factor", Short.class, (short) -1);
        return KafkaSettings.of(application(environment), bootstrapServers, replicationFactor, properties);
    }

    /** Sends spans to a collector where one is named. */
    @Bean
    AutoCloseable spanExport(Environment environment) {
        var endpoint = environment.getProperty(SPANS_ENDPOINT, environment.getProperty(SPANS_ENDPOINT_FORMERLY, ""));
        return endpoint.isBlank() ? () -> {}
                : Spans.exportTo(endpoint, application(environment),
                        environment.getProperty(SPANS_PROBABILITY, Double.class, 1.0));
    }

    @Bean
    LaunchRecords launchRecords() {
        return new LaunchRecords();
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
        var key = environment.getProperty(KEY, "");
        if (key.isBlank()) {
            throw new IllegalStateException("set " + KEY + ": 32 random bytes in base64, the same for every service");
        }
        return new KafkaCredentials(settings, topics, publisher, records, TokenCipher.withKey(key), source(environment),
                progress, clock);
    }

    @Bean
    KafkaKillSwitches killSwitches(KafkaSettings settings, TopicAdministrator topics, RecordPublisher publisher,
            LaunchRecords records, ObjectProvider<MeterRegistry> meters, Clock clock, Environment environment) {
        var initial = Arrays.stream(KillSwitch.values()).collect(Collectors.toMap(which -> which,
                which -> environment.getProperty(KILL_SWITCH + which.word(), Boolean.class, true)));
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

    private static Map<String, String> properties(Environment environment, String prefix) {
        return Binder.get(environment).bind(prefix, Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of);
    }
}
