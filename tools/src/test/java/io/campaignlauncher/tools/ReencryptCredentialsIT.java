package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.KafkaCredentials;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.campaignlauncher.tools.events.OperationRefused;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command on a real broker, with tokens that a service stored. */
class ReencryptCredentialsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKEN = "EAAverySecretToken123";
    private static final CredentialName ACMES = new CredentialName("acme", "default");

    private final TestBroker broker = TestBroker.shared();
    private final KafkaSettings settings = KafkaSettings.of("test", broker.bootstrapServers(), (short) -1,
            TestBroker.CLIENT_SETTINGS);
    private final KafkaRecordPublisher publisher = new KafkaRecordPublisher(settings);
    private final List<KafkaCredentials> started = new ArrayList<>();

    private record CommandResult(int code, String out, String err) {}

    @BeforeEach
    void empty_topics() {
        broker.emptied();
        var topics = new TopicAdministrator(settings, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
    }

    @AfterEach
    void close() {
        started.forEach(KafkaCredentials::stop);
        publisher.close();
    }

    @Test
    void with_the_first_key_alone_every_token_is_readable_afterwards() {
        var before = service(key(1));
        var names = IntStream.range(0, 150).mapToObj(i -> CredentialName.local("id-" + i)).collect(Collectors.toList());
        names.add(ACMES);
        names.forEach(name -> before.store(name, TOKEN + name.id()).block(PATIENCE));
        before.store(CredentialName.local("gone"), TOKEN).block(PATIENCE);
        publisher.publish(new ProducerRecord<>(Topic.CREDENTIALS.topicName(), "gone", null)).block(PATIENCE);

        var first = run(key(2), key(1));
        assertThat(first.out()).contains("151 encrypted with the first key, 0 were already, 0 that no key opens");
        assertThat(first.code()).isZero();
        var after = service(key(2));
        names.forEach(name -> assertThat(after.accessToken(name)).hasValue(TOKEN + name.id()));
        assertThat(after.accessToken(CredentialName.local("gone"))).isEmpty();

        assertThat(run(key(2), key(1)).out()).contains("0 encrypted with the first key, 151 were already");
        assertThat(first.out() + first.err()).doesNotContain(TOKEN, key(1), key(2));
    }

    @Test
    void names_what_no_key_opens_and_leaves_it_as_it_is() {
        service(key(3)).store(CredentialName.local("foreign"), TOKEN).block(PATIENCE);
        service(key(1)).store(CredentialName.local("mine"), TOKEN).block(PATIENCE);
        publisher.publish(new ProducerRecord<>(Topic.CREDENTIALS.topicName(), "junk", new byte[]{ 1 })).block(PATIENCE);

        var result = run(key(2), key(1));
        assertThat(result.code()).isOne();
        assertThat(result.out()).contains(
                "1 encrypted with the first key, 0 were already, 1 that no key opens, 1 that are no credentials");
        assertThat(result.err()).contains("no key opens: foreign", "no credentials: junk").doesNotContain(TOKEN);
        assertThat(service(key(3)).accessToken(CredentialName.local("foreign"))).hasValue(TOKEN);
    }

    @Test
    void never_writes_over_a_token_that_was_stored_or_removed_meanwhile() {
        var before = service(key(1));
        for (var id : List.of("changed", "removed", "left")) {
            before.store(CredentialName.local(id), TOKEN).block(PATIENCE);
        }
        try (var reencryption = reencryption()) {
            var stored = reencryption.read();
            var anew = reencryption.anew(stored);
            before.store(CredentialName.local("changed"), "newer").block(PATIENCE);
            publisher.publish(new ProducerRecord<>(Topic.CREDENTIALS.topicName(), "removed", null)).block(PATIENCE);
            assertThat(reencryption.write(anew, stored)).as("it has to read again").isZero();

            before.store(CredentialName.local("marker"), TOKEN).block(PATIENCE);
            assertThat(before.accessToken(CredentialName.local("changed"))).hasValue("newer");
            assertThat(before.accessToken(CredentialName.local("removed"))).isEmpty();
            assertThat(reencryption.run().done()).isEqualTo(3);
        }
        var after = service(key(2));
        assertThat(after.accessToken(CredentialName.local("changed"))).hasValue("newer");
        assertThat(after.accessToken(CredentialName.local("left"))).hasValue(TOKEN);
        assertThat(after.accessToken(CredentialName.local("removed"))).isEmpty();
    }

    @Test
    void one_that_was_broken_off_leaves_nothing_behind_and_can_write_no_more() {
        service(key(1)).store(CredentialName.local("default"), TOKEN).block(PATIENCE);
        try (var first = reencryption()) {
            var stored = first.read();
            try (var second = reencryption()) {
                assertThat(second.run().done()).isOne();
            }
            assertThatThrownBy(() -> first.write(first.anew(stored), stored)).isInstanceOf(OperationRefused.class)
                    .hasMessageContaining("another one");
        }
        assertThat(service(key(2)).accessToken(CredentialName.local("default"))).hasValue(TOKEN);
    }

    @Test
    void says_which_variable_holds_no_key_and_shows_nothing_of_it() {
        var result = run("no-key");
        assertThat(result.code()).isOne();
        assertThat(result.err()).contains("KEYS").doesNotContain("no-key");
    }

    private Reencryption reencryption() {
        var connection = new KafkaConnection();
        new CommandLine(connection).parseArgs("--bootstrap-servers", broker.bootstrapServers());
        return new Reencryption(connection, TokenCipher.withKey(key(2) + "," + key(1)), Clock.systemUTC());
    }

    private CommandResult run(String... keys) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Tools.run(Map.of("KEYS", String.join(",", keys)), new PrintWriter(out, true),
                new PrintWriter(err, true), "credentials", "reencrypt", "--bootstrap-servers",
                broker.bootstrapServers(), "--credentials-key-env", "KEYS");
        return new CommandResult(code, out.toString(), err.toString());
    }

    private KafkaCredentials service(String key) {
        var credentials = new KafkaCredentials(settings, Readiness.always(), publisher, new LaunchRecords(),
                TokenCipher.withKey(key), "/test", null, Clock.systemUTC());
        started.add(credentials);
        credentials.start();
        credentials.ready().block(PATIENCE);
        return credentials;
    }

    private static String key(int filling) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
