package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Access tokens on the {@linkplain CompactedTopic compacted topic} {@code credentials}, encrypted there and plain in this
 * process's memory only. Writes nothing. Where the key opens none of them it says so, and holds its {@link Progress} up until it
 * opens one.
 */
public sealed class KafkaAccessTokens implements AccessTokens, Readiness, SmartLifecycle permits KafkaCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAccessTokens.class);

    private final CompactedTopic<CredentialTokens> topic;
    private final @Nullable Progress progress;
    private final Sinks.Many<Boolean> readable = Sinks.many().replay().latest();
    private @Nullable Boolean wasReadable;

    /**
     * @param topics   ready when the topic is there
     * @param progress what a key that opens nothing holds up; null: it is not told
     */
    public KafkaAccessTokens(KafkaSettings settings, Readiness topics, LaunchRecords records, TokenCipher cipher,
            @Nullable Progress progress, Clock clock) {
        this.progress = progress;
        this.topic = new CompactedTopic<>(Topic.CREDENTIALS, settings, topics,
                () -> new CredentialTokens(records, cipher, this::afterPoll), clock);
    }

    @Override
    public final Optional<String> accessToken(CredentialName name) {
        return readableTokens().of(name);
    }

    @Override
    public final Optional<String> accessToken(CredentialName name, String adAccountId) {
        return readableTokens().of(name, adAccountId);
    }

    private CredentialTokens readableTokens() {
        var tokens = topic.current();
        var sealed = tokens.sealedByAnotherKey();
        if (sealed > 0) {
            throw new TokensUnreadable(otherKey(sealed));
        }
        return tokens;
    }

    final Optional<StoredCredential> about(CredentialName name) {
        return topic.current().about(name);
    }

    final Stream<StoredCredential> all() {
        return topic.current().all();
    }

    @Override
    public final Flux<Boolean> readable() {
        return readable.asFlux();
    }

    /** On the thread that reads. */
    private void afterPoll(CredentialTokens tokens) {
        var sealed = tokens.sealedByAnotherKey();
        if (progress != null) {
            if (sealed > 0) {
                progress.held(otherKey(sealed));
            } else {
                progress.made();
            }
        }
        var now = sealed == 0;
        if (wasReadable != null && wasReadable == now) {
            return;
        }
        if (!now) {
            LOG.error("no work that needs access tokens is taken: {}", otherKey(sealed));
        } else if (wasReadable != null) {
            LOG.info("access tokens can be read, and work that needs them is taken again");
        }
        wasReadable = now;
        readable.tryEmitNext(now);
    }

    private static String otherKey(int sealed) {
        return "launch.credentials.key opens none of the " + sealed + " access tokens on the topic "
                + Topic.CREDENTIALS.topicName()
                + ": start the service with the key of the others; where the key is lost, store the"
                + " tokens anew with PUT /v1/credentials/{id}";
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
