package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.CredentialStored;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * Access tokens on the {@linkplain CompactedTopic compacted topic} {@code credentials}, encrypted there and plain in this
 * process's memory only.
 */
public final class KafkaCredentials implements Credentials, Readiness, SmartLifecycle {

    private static final int ID_LENGTH_MAX = 100;

    private final CompactedTopic<CredentialTokens> topic;
    private final LaunchRecords records;
    private final TokenCipher cipher;
    private final String source;
    private final Clock clock;

    /**
     * @param topics ready when the topic is there
     * @param source the CloudEvents source of what this instance stores, e.g. {@code /job-service}
     */
    public KafkaCredentials(KafkaSettings settings, Readiness topics, RecordPublisher publisher, LaunchRecords records,
            TokenCipher cipher, String source, Clock clock) {
        this.topic = new CompactedTopic<>(Topic.CREDENTIALS, settings, topics, publisher,
                () -> new CredentialTokens(records, cipher), clock);
        this.records = records;
        this.cipher = cipher;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Optional<String> accessToken(String credentialId) {
        return topic.current().of(credentialId);
    }

    @Override
    public Mono<Void> store(String credentialId, String accessToken) {
        return Mono.defer(() -> {
            if (credentialId.isBlank() || credentialId.length() > ID_LENGTH_MAX) {
                return Mono.error(new IllegalArgumentException(
                        "a credential's id has 1 to " + ID_LENGTH_MAX + " characters"));
            }
            if (accessToken.isBlank()) {
                return Mono.error(new IllegalArgumentException("an access token may not be blank"));
            }
            var recordId = UUID.randomUUID().toString();
            var message = CredentialStored.newBuilder().setCredentialId(credentialId)
                    .setEncryptedToken(ByteBuffer.wrap(cipher.encrypt(credentialId, accessToken))).build();
            var envelope = Envelope.of(recordId, message.getSchema().getName(), source, credentialId, clock.instant());
            return topic.store(recordId, records.record(Topic.CREDENTIALS, credentialId, message, envelope));
        });
    }

    @Override
    public Mono<Void> ready() {
        return topic.ready();
    }

    @Override
    public void start() {
        topic.start();
    }

    @Override
    public void stop() {
        topic.stop();
    }

    @Override
    public boolean isRunning() {
        return topic.isRunning();
    }

    @Override
    public int getPhase() {
        return CompactedTopic.PHASE;
    }
}
