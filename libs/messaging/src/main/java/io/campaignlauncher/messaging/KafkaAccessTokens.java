package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * Access tokens on the {@linkplain CompactedTopic compacted topic} {@code credentials}, encrypted there and plain in this
 * process's memory only. Writes nothing.
 */
public sealed class KafkaAccessTokens implements AccessTokens, Readiness, SmartLifecycle permits KafkaCredentials {

    private final CompactedTopic<CredentialTokens> topic;

    /** @param topics ready when the topic is there */
    public KafkaAccessTokens(KafkaSettings settings, Readiness topics, LaunchRecords records, TokenCipher cipher,
            Clock clock) {
        this.topic = new CompactedTopic<>(Topic.CREDENTIALS, settings, topics,
                () -> new CredentialTokens(records, cipher), clock);
    }

    @Override
    public final Optional<String> accessToken(String credentialId) {
        return topic.current().of(credentialId);
    }

    /** What {@link CompactedTopic#stored} promises, for a record of {@code credentials}. */
    final Mono<Void> stored(String recordId, Mono<Void> publication) {
        return topic.stored(recordId, publication);
    }

    @Override
    public final Mono<Void> ready() {
        return topic.ready();
    }

    @Override
    public final void start() {
        topic.start();
    }

    @Override
    public final void stop() {
        topic.stop().join();
    }

    @Override
    public final void stop(Runnable callback) {
        topic.stop().thenRun(callback);
    }

    @Override
    public final boolean isRunning() {
        return topic.isRunning();
    }

    @Override
    public final int getPhase() {
        return CompactedTopic.PHASE;
    }
}
