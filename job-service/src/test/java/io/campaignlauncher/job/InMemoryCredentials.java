package io.campaignlauncher.job;

import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.NewCredential;
import io.campaignlauncher.messaging.StoredCredential;
import io.campaignlauncher.messaging.TokensUnreadable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Credentials that are stored when they are told to be, or when the test says that Kafka has them. */
public final class InMemoryCredentials implements Credentials {

    /** What comes before a change. */
    public volatile Mono<Void> publication = Mono.empty();
    public volatile boolean unreadable;
    private final Map<CredentialName, NewCredential> stored = new ConcurrentSkipListMap<>();
    private final Clock clock;

    public InMemoryCredentials(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<String> accessToken(CredentialName name) {
        if (unreadable) {
            throw new TokensUnreadable("the key is another");
        }
        return Optional.ofNullable(stored.get(name)).map(NewCredential::accessToken);
    }

    @Override
    public Optional<String> accessToken(CredentialName name, String adAccountId) {
        return accessToken(name).filter(_ -> find(name).orElseThrow().isFor(adAccountId));
    }

    @Override
    public Mono<Void> store(NewCredential credential) {
        return Mono.defer(() -> publication).then(Mono.fromRunnable(() -> stored.put(credential.name(), credential)));
    }

    @Override
    public Mono<Void> remove(CredentialName name) {
        return Mono.defer(() -> publication).then(Mono.fromRunnable(() -> stored.remove(name)));
    }

    @Override
    public Optional<StoredCredential> find(CredentialName name) {
        return Optional.ofNullable(stored.get(name)).map(this::about);
    }

    @Override
    public List<StoredCredential> list(Predicate<StoredCredential> wanted, @Nullable CredentialName after, int limit) {
        return stored.values().stream().map(this::about)
                .filter(one -> after == null || one.name().compareTo(after) > 0).filter(wanted).limit(limit).toList();
    }

    private StoredCredential about(NewCredential one) {
        return new StoredCredential(one.name(), one.owner(), one.storedBy(), clock.instant(), one.adAccountIds(),
                one.checkedAt(), one.tokenExpiresAt(), !unreadable);
    }
}
