package io.campaignlauncher.access.known;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.http.TokenClaims;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.schemas.ApiKeyStored;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.SessionEnded;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UserTokensEnded;
import io.campaignlauncher.testing.MutatedRecords;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class AccessContentsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(2));
    private static final LaunchRecords RECORDS = new LaunchRecords();

    private final AccessContents contents = new AccessContents(RECORDS, Clock.fixed(NOW, ZoneOffset.UTC), () -> {});
    private final TokenClaims.Own token = new TokenClaims.Own(UUID.randomUUID(), UUID.randomUUID(), 3, "local",
            Set.of(Role.ADMIN));
    private final ApiKeyText key = ApiKeyText.next(new SecureRandom());

    @Test
    void a_token_is_good_as_long_as_nothing_is_said_of_it() {
        assertThat(contents.isGood(token)).isTrue();
        take("user:" + UUID.randomUUID(), new UserTokensEnded("", 9, true, LATER));
        take("session:" + UUID.randomUUID(), new SessionEnded("", LATER));
        assertThat(contents.isGood(token)).isTrue();
    }

    @Test
    void tokens_end_with_their_session_and_with_every_change_of_their_user() {
        take("session:" + token.sessionId(), new SessionEnded(token.sessionId().toString(), LATER));
        assertThat(contents.isGood(token)).isFalse();
        take("session:" + token.sessionId(), null);
        assertThat(contents.isGood(token)).isTrue();

        take(user(), new UserTokensEnded(token.userId().toString(), 3, false, LATER));
        assertThat(contents.isGood(token)).as("made since").isTrue();
        take(user(), new UserTokensEnded(token.userId().toString(), 4, false, LATER));
        assertThat(contents.isGood(token)).isFalse();
        take(user(), new UserTokensEnded(token.userId().toString(), 3, true, LATER));
        assertThat(contents.isGood(token)).as("locked out").isFalse();
    }

    @Test
    void a_key_is_good_while_the_topic_has_it_and_its_time_has_not_come() {
        assertThat(contents.holder(key)).isEmpty();
        take(stored(), key(LATER, "advertiser"));
        assertThat(contents.holder(key)).hasValueSatisfying(owner -> {
            assertThat(owner.tenant()).isEqualTo("local");
            assertThat(owner.subject()).isEqualTo("owner");
            assertThat(owner.roles()).containsExactly(Role.ADVERTISER);
            assertThat(((Principal.Key) owner.means()).scopes()).as("what the owner's roles cover")
                    .containsExactly(Scope.JOBS_READ);
        });
        var other = ApiKeyText.of(key.prefix() + "_" + "x".repeat(43)).orElseThrow();
        assertThat(contents.holder(other)).as("another secret").isEmpty();

        take(stored(), key(NOW, "advertiser"));
        assertThat(contents.holder(key)).as("expired").isEmpty();
        take(stored(), key(LATER, "advertiser"));
        take(stored(), null);
        assertThat(contents.holder(key)).as("revoked").isEmpty();
    }

    @Test
    void what_cannot_be_read_ends_what_its_key_names() {
        take(stored(), key(LATER, "advertiser"));
        junk(stored());
        assertThat(contents.holder(key)).isEmpty();
        junk("session:" + token.sessionId());
        assertThat(contents.isGood(token)).isFalse();
        take("session:" + token.sessionId(), null);
        junk(user());
        assertThat(contents.isGood(token)).isFalse();
        junk("neither");
        contents.take(new ConsumerRecord<>("access", 0, 0, null, new byte[0]));
    }

    @Test
    void nothing_that_anybody_may_write_breaks_it_or_makes_a_key_good() {
        MutatedRecords.of(Topic.ACCESS, 2_000, 7).forEach(contents::take);
        assertThat(contents.holder(key)).isEmpty();
    }

    @Test
    void lets_go_of_what_no_token_needs_any_more() {
        take(user(), new UserTokensEnded(token.userId().toString(), 4, false, NOW.minusMillis(1)));
        take("session:" + token.sessionId(), new SessionEnded(token.sessionId().toString(), NOW.minusMillis(1)));
        take(stored(), key(NOW.minusMillis(1), "admin"));
        assertThat(contents.size()).isEqualTo(3);
        contents.upToDate();
        assertThat(contents.size()).isZero();
    }

    private String user() {
        return "user:" + token.userId();
    }

    private String stored() {
        return "key:" + key.prefix();
    }

    private ApiKeyStored key(Instant expiresAt, String... roles) {
        return new ApiKeyStored(UUID.randomUUID().toString(), key.prefix(), ByteBuffer.wrap(Secrets.hash(key.text())),
                "local", "owner", "ann", List.of(roles), List.of("jobs:read", "act_as", "unheard:of"), expiresAt);
    }

    private void take(String of, SpecificRecord message) {
        if (message == null) {
            contents.take(new ConsumerRecord<>("access", 0, 0, of, null));
            return;
        }
        var record = RECORDS.record(Topic.ACCESS, of, message,
                Envelope.of("id", message.getSchema().getName(), "/identity-service", of, NOW));
        var read = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        contents.take(read);
    }

    private void junk(String of) {
        contents.take(new ConsumerRecord<>("access", 0, 0, of, new byte[]{ 1, 2, 3 }));
    }
}
