package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.CredentialStored;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Access tokens on the topic {@code credentials}, to read and to store. */
public final class KafkaCredentials extends KafkaAccessTokens implements Credentials {

    private static final int ID_LENGTH_MAX = 100;

    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final TokenCipher cipher;
    private final String source;
    private final Clock clock;

    /**
     * @param topics   ready when the topic is there
     * @param source   the CloudEvents source of what this instance stores, e.g. {@code /job-service}
     * @param progress what a key that opens nothing holds up; null: it is not told
     */
    public KafkaCredentials(KafkaSettings settings, Readiness topics, RecordPublisher publisher, LaunchRecords records,
            TokenCipher cipher, String source, @Nullable Progress progress, Clock clock) {
        super(settings, topics, records, cipher, progress, clock);
        this.publisher = publisher;
        this.records = records;
        this.cipher = cipher;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Mono<Void> store(CredentialName name, String accessToken) {
        return Mono.defer(() -> {
            if (!name.isPlain() || name.id().length() > ID_LENGTH_MAX) {
                return Mono.error(new IllegalArgumentException(
                        "a credential's id has 1 to " + ID_LENGTH_MAX + " characters, and no slash"));
            }
            if (accessToken.isBlank()) {
                return Mono.error(new IllegalArgumentException("an access token may not be blank"));
            }
            var recordId = UUID.randomUUID().toString();
            var message = CredentialStored.newBuilder().setCredentialId(name.id()).setTenant(name.tenant())
                    .setEncryptedToken(ByteBuffer.wrap(cipher.encrypt(name.key(), accessToken))).build();
            var envelope = Envelope.of(recordId, message.getSchema().getName(), source, name.id(), clock.instant());
            return stored(recordId,
                    publisher.publish(records.record(Topic.CREDENTIALS, name.key(), message, envelope)));
        });
    }
}
