package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
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
    public Mono<Void> store(NewCredential credential) {
        return Mono.defer(() -> {
            var name = credential.name();
            if (!isPossible(name)) {
                return Mono.error(new IllegalArgumentException(
                        "a credential's id has 1 to " + ID_LENGTH_MAX + " characters, and no slash"));
            }
            if (credential.accessToken().isBlank()) {
                return Mono.error(new IllegalArgumentException("an access token may not be blank"));
            }
            var recordId = UUID.randomUUID().toString();
            var now = clock.instant();
            var message = CredentialRecords.message(credential, cipher.encrypt(name.key(), credential.accessToken()),
                    now);
            var envelope = Envelope.of(recordId, message.getSchema().getName(), source, name.id(), now);
            return stored(recordId,
                    publisher.publish(records.record(Topic.CREDENTIALS, name.key(), message, envelope)));
        });
    }

    @Override
    public Mono<Void> remove(CredentialName name) {
        return Mono.defer(() -> {
            if (!isPossible(name)) {
                return Mono.empty();
            }
            var recordId = UUID.randomUUID().toString();
            return stored(recordId,
                    publisher.publish(CredentialRecords.removal(name, recordId, clock.instant())));
        });
    }

    private static boolean isPossible(CredentialName name) {
        return name.isPlain() && name.id().length() <= ID_LENGTH_MAX;
    }

    @Override
    public Optional<StoredCredential> find(CredentialName name) {
        return about(name);
    }

    @Override
    public List<StoredCredential> list(Predicate<StoredCredential> wanted, @Nullable CredentialName after, int limit) {
        return all().filter(one -> after == null || one.name().compareTo(after) > 0).filter(wanted)
                .sorted(Comparator.comparing(StoredCredential::name)).limit(limit).toList();
    }
}
