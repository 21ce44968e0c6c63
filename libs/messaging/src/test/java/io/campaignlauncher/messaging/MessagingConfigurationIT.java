package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.testing.TestBroker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class MessagingConfigurationIT {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void gives_a_service_all_it_needs_and_ends_in_order() {
        var broker = TestBroker.shared().emptied();
        var context = context(Map.of("spring.kafka.bootstrap-servers", broker.bootstrapServers(),
                "launch.credentials.key", KEY));
        context.getBean(Readiness.class).ready().block(PATIENCE);
        var credentials = context.getBean(Credentials.class);
        credentials.store(CredentialName.local("default"), "token").block(PATIENCE);
        assertThat(credentials.accessToken(CredentialName.local("default"))).hasValue("token");
        var begun = System.nanoTime();
        context.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void reads_further_settings_and_hides_their_values() {
        var settings = new KafkaConfiguration().kafkaSettings(environment(Map.of("kafka.bootstrap-servers", "a:1",
                "spring.kafka.bootstrap-servers", "b:2", "kafka.prefix", "eu-",
                "kafka.replication-factor", "3", "kafka.min-insync-replicas", "2", "kafka.properties.sasl.jaas.config",
                "hidden")));
        assertThat(settings).isEqualTo(
                new KafkaSettings("a:1", new KafkaNames("eu-"), new TopicReplication((short) 3, (short) 2),
                        Map.of("sasl.jaas.config", "hidden"), settings.own()));
        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hidden");
    }

    @Test
    void kafka_is_up_while_a_broker_answers_and_down_without_one() {
        try (var there = new KafkaPresence(KafkaSettings.of("test", TestBroker.shared().bootstrapServers(), (short) -1,
                TestBroker.CLIENT_SETTINGS));
                var away = new KafkaPresence(
                        KafkaSettings.of("test", "127.0.0.1:1", (short) -1, TestBroker.CLIENT_SETTINGS))) {
            var up = new KafkaHealth(there);
            var down = new KafkaHealth(away);
            await().atMost(PATIENCE).until(() -> up.health().getStatus().equals(Status.UP));
            assertThat(down.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void how_long_a_killed_member_is_waited_for_can_be_set_and_bothers_no_other_client() {
        var settings = KafkaSettings.of("a", "a:1", (short) 1,
                Map.of("session.timeout.ms", "45000", "ssl.protocol", "x"));
        assertThat(settings.groupMember("r", "g")).containsEntry("session.timeout.ms", "45000")
                .containsEntry("ssl.protocol", "x");
        assertThat(settings.client("r")).containsKey("ssl.protocol").doesNotContainKey("session.timeout.ms");
        assertThat(KafkaSettings.of("test", "a:1", (short) -1, TestBroker.CLIENT_SETTINGS).groupMember("r", "g"))
                .containsEntry("session.timeout.ms", "6000");
    }

    @Test
    void says_which_setting_is_missing() {
        assertThatThrownBy(() -> context(Map.of("launch.credentials.key", KEY)))
                .hasRootCauseMessage("set kafka.bootstrap-servers (or spring.kafka.bootstrap-servers)");
        assertThatThrownBy(() -> context(Map.of("kafka.bootstrap-servers", "localhost:1")))
                .rootCause().hasMessageContaining("set launch.credentials.key");
    }

    @Test
    void lets_a_service_bring_its_own_clock() {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test",
                Map.of("kafka.bootstrap-servers", "localhost:1", "launch.credentials.key", KEY)));
        context.registerBean("own", Clock.class, () -> Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        context.register(MessagingConfiguration.class);
        context.refresh();
        try (context) {
            assertThat(context.getBeanProvider(Clock.class).getObject().instant()).isEqualTo(Instant.EPOCH);
        }
    }

    private static AnnotationConfigApplicationContext context(Map<String, Object> properties) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.register(MessagingConfiguration.class);
        context.refresh();
        return context;
    }

    private static Environment environment(Map<String, Object> properties) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return environment;
    }
}
