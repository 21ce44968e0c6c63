package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CredentialStored;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class KafkaCredentialsIT {

    private static final String TOKEN = "EAAverysecret0123456789";

    private final TestKafka kafka = new TestKafka();
    private final Progress progress = new Progress("credentials", kafka.meters);
    private final List<KafkaCredentials> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.parallelStream().forEach(KafkaCredentials::stop);
        kafka.close();
    }

    @Test
    void knows_a_token_as_soon_as_it_is_stored() {
        var credentials = start(key(1));
        assertThat(credentials.accessToken(CredentialName.local("default"))).isEmpty();
        credentials.store(CredentialName.local("default"), TOKEN).block(PATIENCE);
        assertThat(credentials.accessToken(CredentialName.local("default"))).hasValue(TOKEN);
        credentials.store(CredentialName.local("default"), "newer").block(PATIENCE);
        assertThat(credentials.accessToken(CredentialName.local("default"))).hasValue("newer");
    }

    @Test
    void every_instance_knows_what_was_stored_before_and_after_its_start() {
        var writer = start(key(1));
        writer.store(CredentialName.local("before"), TOKEN).block(PATIENCE);
        var reader = start(key(1));
        reader.ready().block(PATIENCE);
        assertThat(reader.accessToken(CredentialName.local("before"))).hasValue(TOKEN);
        writer.store(CredentialName.local("after"), "other").block(PATIENCE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reader.accessToken(CredentialName.local("after"))).hasValue("other"));
    }

    @Test
    void never_shows_a_token_on_the_topic() {
        start(key(1)).store(CredentialName.local("default"), TOKEN).block(PATIENCE);
        var stored = kafka.all(Topic.CREDENTIALS.topicName());
        assertThat(stored).hasSize(1);
        var record = stored.getFirst();
        assertThat(record.key()).isEqualTo("default");
        assertThat(new String(record.value(), StandardCharsets.ISO_8859_1)).doesNotContain(TOKEN,
                TOKEN.substring(3, 11));
        record.headers().forEach(header -> assertThat(new String(header.value(), StandardCharsets.ISO_8859_1))
                .doesNotContain(TOKEN));
    }

    @Test
    void takes_a_token_of_another_key_for_absent_where_it_opens_others() {
        start(key(1)).store(CredentialName.local("foreign"), TOKEN).block(PATIENCE);
        start(key(2)).store(CredentialName.local("own"), "mine").block(PATIENCE);
        var credentials = start(key(2));
        credentials.ready().block(PATIENCE);
        assertThat(credentials.readable().blockFirst(PATIENCE)).isTrue();
        assertThat(credentials.accessToken(CredentialName.local("foreign"))).isEmpty();
        assertThat(credentials.accessToken(CredentialName.local("own"))).hasValue("mine");
        assertThat(progress.heldUpBy()).isNull();
    }

    @Test
    void says_so_where_its_key_opens_none_and_gets_well_with_the_first_that_it_opens() {
        var right = start(key(1));
        right.store(CredentialName.local("one"), TOKEN).block(PATIENCE);
        right.store(CredentialName.local("two"), TOKEN).block(PATIENCE);
        var wrong = start(key(2), new Progress("wrong", kafka.meters));
        wrong.ready().block(PATIENCE);
        assertThat(wrong.readable().blockFirst(PATIENCE)).isFalse();
        assertThatThrownBy(() -> wrong.accessToken(CredentialName.local("three"))).isInstanceOf(TokensUnreadable.class)
                .hasMessageContaining("launch.credentials.key opens none of the 2 access tokens");

        wrong.store(CredentialName.local("one"), "new").block(PATIENCE);
        assertThat(wrong.readable().filter(readable -> readable).blockFirst(PATIENCE)).isTrue();
        assertThat(wrong.accessToken(CredentialName.local("one"))).hasValue("new");
        assertThat(wrong.accessToken(CredentialName.local("two"))).isEmpty();
    }

    @Test
    void hears_while_it_runs_that_its_key_is_another() {
        var other = new Progress("other", kafka.meters);
        var wrong = start(key(2), other);
        assertThat(wrong.readable().blockFirst(PATIENCE)).as("nothing is stored yet").isTrue();

        start(key(1)).store(CredentialName.local("default"), TOKEN).block(PATIENCE);
        assertThat(wrong.readable().filter(readable -> !readable).blockFirst(PATIENCE)).isFalse();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.heldUpBy())
                .contains("launch.credentials.key", "start the service with the key of the others"));

        kafka.publish(new ProducerRecord<>(Topic.CREDENTIALS.topicName(), "default", null));
        assertThat(wrong.readable().filter(readable -> readable).blockFirst(PATIENCE)).as("there is none any more")
                .isTrue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.heldUpBy()).isNull());
    }

    @Test
    void takes_a_token_that_was_moved_under_another_id_for_absent() {
        var credentials = start(key(1));
        credentials.store(CredentialName.local("mine"), TOKEN).block(PATIENCE);
        var stored = kafka.all(Topic.CREDENTIALS.topicName()).getFirst();
        kafka.publish(new ProducerRecord<>(stored.topic(), null, stored.timestamp(), "yours", stored.value(),
                stored.headers()));
        credentials.store(CredentialName.local("marker"), "x").block(PATIENCE);
        assertThat(credentials.accessToken(CredentialName.local("yours"))).isEmpty();
    }

    @Test
    void a_tenant_comes_upon_no_token_of_another() {
        var credentials = start(key(1));
        var acmes = new CredentialName("acme", "default");
        credentials.store(acmes, TOKEN).block(PATIENCE);
        credentials.store(CredentialName.local("default"), "local token").block(PATIENCE);

        assertThat(credentials.accessToken(acmes)).hasValue(TOKEN);
        assertThat(credentials.accessToken(CredentialName.local("default"))).hasValue("local token");
        for (var other : List.of(new CredentialName("other", "default"), CredentialName.local("acme/default"),
                new CredentialName("", "acme/default"), new CredentialName("acme/default", ""))) {
            assertThat(credentials.accessToken(other)).as("%s", other).isEmpty();
        }
        assertThat(kafka.all(Topic.CREDENTIALS.topicName())).extracting(ConsumerRecord::key).contains("acme/default",
                "default");
    }

    @Test
    void a_token_that_was_moved_to_another_tenant_counts_as_absent() {
        var credentials = start(key(1));
        credentials.store(new CredentialName("acme", "moved"), TOKEN).block(PATIENCE);
        var stored = kafka.all(Topic.CREDENTIALS.topicName()).getLast();
        for (var key : List.of("other/moved", "moved")) {
            kafka.publish(new ProducerRecord<>(stored.topic(), null, stored.timestamp(), key, stored.value(),
                    stored.headers()));
        }
        credentials.store(CredentialName.local("marker"), "x").block(PATIENCE);

        assertThat(credentials.accessToken(new CredentialName("other", "moved"))).isEmpty();
        assertThat(credentials.accessToken(CredentialName.local("moved"))).isEmpty();
        StepVerifier.create(credentials.store(CredentialName.local("acme/moved"), TOKEN))
                .expectError(IllegalArgumentException.class).verify(PATIENCE);
    }

    @Test
    void forgets_a_token_that_was_removed() {
        var credentials = start(key(1));
        credentials.store(CredentialName.local("default"), TOKEN).block(PATIENCE);
        credentials.store(CredentialName.local("by hand"), TOKEN).block(PATIENCE);
        credentials.remove(CredentialName.local("default")).block(PATIENCE);
        assertThat(credentials.accessToken(CredentialName.local("default"))).isEmpty();
        assertThat(credentials.find(CredentialName.local("default"))).isEmpty();
        credentials.remove(CredentialName.local("never stored")).block(PATIENCE);
        credentials.remove(CredentialName.local("no/name")).block(PATIENCE);

        kafka.publish(new ProducerRecord<>(Topic.CREDENTIALS.topicName(), "by hand", null));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(credentials.accessToken(CredentialName.local("by hand"))).isEmpty());
    }

    @Test
    void tells_all_about_what_is_stored_but_the_token_page_by_page() {
        var foreign = start(key(2));
        foreign.store(new CredentialName("acme", "b"), TOKEN).block(PATIENCE);
        var credentials = start(key(1));
        var anns = new NewCredential(CredentialName.local("a"), TOKEN, "ann", "boss", Set.of("act_2", "act_1"),
                Instant.parse("2026-01-01T12:00:00Z"), Instant.parse("2026-03-01T12:00:00Z"));
        credentials.store(anns).block(PATIENCE);
        credentials.store(CredentialName.local("c"), TOKEN).block(PATIENCE);

        var all = credentials.list(_ -> true, null, 10);
        assertThat(all).extracting(StoredCredential::name).containsExactly(new CredentialName("acme", "b"),
                CredentialName.local("a"), CredentialName.local("c"));
        assertThat(all.get(1)).usingRecursiveComparison().ignoringFields("storedAt").isEqualTo(new StoredCredential(
                anns.name(), "ann", "boss", Instant.EPOCH, anns.adAccountIds(), anns.checkedAt(),
                anns.tokenExpiresAt(), true));
        assertThat(all.get(1).storedAt()).isAfter(Instant.EPOCH);
        assertThat(all).extracting(StoredCredential::readable).containsExactly(false, true, true);
        assertThat(credentials.list(one -> !one.owner().equals("ann"), new CredentialName("acme", "b"), 10))
                .extracting(StoredCredential::name).containsExactly(CredentialName.local("c"));
        assertThat(credentials.list(_ -> true, null, 1)).hasSize(1);
        assertThat(all + " " + anns).doesNotContain(TOKEN);
    }

    @Test
    void there_is_no_token_for_an_ad_account_that_it_may_not_be_used_for() {
        var credentials = start(key(1));
        var name = CredentialName.local("default");
        credentials.store(new NewCredential(name, TOKEN, "ann", "ann", Set.of("act_1"), null, null)).block(PATIENCE);
        assertThat(credentials.accessToken(name, "act_1")).hasValue(TOKEN);
        assertThat(credentials.accessToken(name, "act_2")).isEmpty();
        assertThat(credentials.accessToken(name)).hasValue(TOKEN);

        credentials.store(name, TOKEN).block(PATIENCE);
        assertThat(credentials.accessToken(name, "act_2")).hasValue(TOKEN);
    }

    /** What was stored by a version that knew no owner. */
    @Test
    void a_token_of_before_belongs_to_nobody_and_is_good_for_every_ad_account() {
        var message = CredentialStored.newBuilder().setCredentialId("old")
                .setEncryptedToken(ByteBuffer.wrap(TokenCipher.withKey(key(1)).encrypt("old", TOKEN))).build();
        kafka.publish(kafka.records.record(Topic.CREDENTIALS, "old", message, Envelope.of("1", "CredentialStored",
                "/test", "old", Instant.parse("2026-01-01T12:00:00Z"))));
        var credentials = start(key(1));
        credentials.ready().block(PATIENCE);
        assertThat(credentials.accessToken(CredentialName.local("old"), "act_7")).hasValue(TOKEN);
        assertThat(credentials.find(CredentialName.local("old"))).hasValue(new StoredCredential(
                CredentialName.local("old"), StoredCredential.NOBODY, StoredCredential.NOBODY,
                Instant.parse("2026-01-01T12:00:00Z"), Set.of(), null, null, true));
    }

    @Test
    void passes_over_what_is_no_credential() {
        kafka.publish(new ProducerRecord<>(Topic.CREDENTIALS.topicName(), "junk", new byte[]{ 1, 2, 3 }));
        var credentials = start(key(1));
        credentials.store(CredentialName.local("default"), TOKEN).block(PATIENCE);
        assertThat(credentials.accessToken(CredentialName.local("default"))).hasValue(TOKEN);
        assertThat(credentials.accessToken(CredentialName.local("junk"))).isEmpty();
    }

    @Test
    void refuses_an_empty_token_and_an_unusable_id() {
        var credentials = start(key(1));
        StepVerifier.create(credentials.store(CredentialName.local("default"), " "))
                .expectError(IllegalArgumentException.class)
                .verify(PATIENCE);
        StepVerifier.create(credentials.store(CredentialName.local("x".repeat(101)), TOKEN)).expectErrorSatisfies(
                error -> assertThat(error).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining(TOKEN))
                .verify(PATIENCE);
    }

    private KafkaCredentials start(String key) {
        return start(key, progress);
    }

    private KafkaCredentials start(String key, Progress progress) {
        var credentials = new KafkaCredentials(kafka.settings, Readiness.always(), kafka.publisher, kafka.records,
                TokenCipher.withKey(key),
                "/test", progress, Clock.systemUTC());
        started.add(credentials);
        credentials.start();
        return credentials;
    }

    private static String key(int filling) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
