package io.campaignlauncher.access.known;

import io.campaignlauncher.access.http.Holders;
import io.campaignlauncher.access.http.TokenClaims;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.messaging.CompactedTopic;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/**
 * Whose tokens and API keys of our own issuer are, compared with what the topic {@code access} says at each request: whoever is
 * locked out, has other roles or has logged out is nobody from the next request on that comes after the topic said so. Before the
 * topic was read nothing is judged; while Kafka is away what is known goes on counting.
 */
public final class AccessTopic implements Holders, AppKeys, Readiness, SmartLifecycle {

    private final CompactedTopic<AccessContents> topic;
    private final Progress progress;
    private volatile boolean read;

    /**
     * @param topics   ready when the topic is there
     * @param progress made as often as Kafka says that nothing is missing here
     */
    public AccessTopic(KafkaSettings settings, Readiness topics, LaunchRecords records, Progress progress,
            Clock clock) {
        this.progress = progress;
        progress.held("Who may ask is not known yet: the topic access could not be read from Kafka.");
        topic = new CompactedTopic<>(Topic.ACCESS, settings, topics,
                () -> new AccessContents(records, clock, this::heard), clock);
    }

    private void heard() {
        read = true;
        progress.made();
    }

    @Override
    public Mono<Principal> of(Jwt token) {
        return known().flatMap(contents -> Mono.justOrEmpty(TokenClaims.own(token).filter(contents::isGood)
                .map(TokenClaims.Own::principal)));
    }

    @Override
    public Mono<Principal> of(ApiKeyText key) {
        return known().flatMap(contents -> Mono.justOrEmpty(contents.holder(key)));
    }

    @Override
    public Mono<AppKey> appKey(String prefix) {
        return known().flatMap(contents -> Mono.justOrEmpty(contents.appKey(prefix)));
    }

    private Mono<AccessContents> known() {
        return Mono.fromCallable(() -> {
            if (!read) {
                throw new IllegalStateException("the topic access was not read yet");
            }
            return topic.current();
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
        stopping().join();
    }

    @Override
    public void stop(Runnable callback) {
        stopping().thenRun(callback);
    }

    private CompletableFuture<Void> stopping() {
        return topic.stop();
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
