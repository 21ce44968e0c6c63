package io.campaignlauncher.access.known;

import io.campaignlauncher.access.http.TokenClaims;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.messaging.CompactedTopic;
import io.campaignlauncher.schemas.ApiKeyStored;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.RecordSignature;
import io.campaignlauncher.schemas.SessionEnded;
import io.campaignlauncher.schemas.UserTokensEnded;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tokens have ended before their time, and which API keys are good, as the topic says. What no token can need any more is
 * let go of, whether the topic still has it or not.
 */
final class AccessContents implements CompactedTopic.Contents {

    private static final Logger LOG = LoggerFactory.getLogger(AccessContents.class);

    private static final Duration LONGER_THAN_ANY_TOKEN = Duration.ofHours(2);

    private final LaunchRecords records;
    private final Clock clock;
    private final Runnable heard;
    private final Map<String, User> users = new ConcurrentHashMap<>();
    /** Until when each is needed. */
    private final Map<String, Instant> sessions = new ConcurrentHashMap<>();
    private final Map<String, Key> keys = new ConcurrentHashMap<>();

    private record User(int tokenVersion, boolean disabled, Instant neededUntil) {}

    private record Key(byte[] hash, Principal owner, Instant expiresAt) {}

    /** @param heard called now and then while Kafka answers and all that it has is known */
    AccessContents(LaunchRecords records, Clock clock, Runnable heard) {
        this.records = records;
        this.clock = clock;
        this.heard = heard;
    }

    /** Whether a token that was good when it was made still is. */
    boolean isGood(TokenClaims.Own token) {
        var user = users.get(token.userId().toString());
        return !sessions.containsKey(token.sessionId().toString())
                && (user == null || !user.disabled() && token.tokenVersion() >= user.tokenVersion());
    }

    /** Whose a key is; empty where it is not good. */
    Optional<Principal> holder(ApiKeyText key) {
        return Optional.ofNullable(keys.get(key.prefix()))
                .filter(one -> clock.instant().isBefore(one.expiresAt())
                        && MessageDigest.isEqual(one.hash(), Secrets.hash(key.text())))
                .map(Key::owner);
    }

    /** The key of a prefix, by which apps sign; empty where it is not good. */
    Optional<AppKeys.AppKey> appKey(String prefix) {
        return Optional.ofNullable(keys.get(prefix)).filter(one -> clock.instant().isBefore(one.expiresAt()))
                .map(one -> new AppKeys.AppKey(one.owner(), RecordSignature.secretOf(one.hash())));
    }

    int size() {
        return users.size() + sessions.size() + keys.size();
    }

    /** A record that cannot be read gives nothing: it ends what its key names. */
    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
        var key = record.key();
        int colon = key == null ? -1 : key.indexOf(':');
        if (key == null || colon < 0) {
            LOG.warn("the record at offset {} of the access topic is passed over: its key is of nothing that is known",
                    record.offset());
            return;
        }
        var id = key.substring(colon + 1);
        try {
            taken(key.substring(0, colon), id, record.value() == null ? null : records.read(record).message());
        } catch (RuntimeException e) {
            end(key.substring(0, colon), id);
            LOG.warn("the record at offset {} of the access topic, of {}, cannot be read: {}", record.offset(), key,
                    e.getClass().getSimpleName());
        }
    }

    private void taken(String kind, String id, @Nullable Object message) {
        switch (message) {
            case null -> forget(kind, id);
            case UserTokensEnded user when kind.equals("user") -> users.put(id,
                    new User(user.getTokenVersion(), user.getDisabled(), user.getNeededUntil()));
            case SessionEnded session when kind.equals("session") -> sessions.put(id, session.getNeededUntil());
            case ApiKeyStored key when kind.equals("key") -> keys.put(id,
                    new Key(bytes(key.getHash()), owner(key), key.getExpiresAt()));
            default -> throw new IllegalArgumentException("not of this key");
        }
    }

    private void end(String kind, String id) {
        var longEnough = clock.instant().plus(LONGER_THAN_ANY_TOKEN);
        switch (kind) {
            case "user" -> users.put(id, new User(Integer.MAX_VALUE, true, longEnough));
            case "session" -> sessions.put(id, longEnough);
            default -> keys.remove(id);
        }
    }

    private void forget(String kind, String id) {
        switch (kind) {
            case "user" -> users.remove(id);
            case "session" -> sessions.remove(id);
            default -> keys.remove(id);
        }
    }

    /** With those of its scopes that its owner's roles cover. */
    private static Principal owner(ApiKeyStored key) {
        var roles = key.getRoles().stream().map(Role::named).flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        var covered = Scope.within(roles);
        return new Principal(key.getTenant(), key.getOwnerId(), key.getOwnerName(), roles,
                new Principal.Key(UUID.fromString(key.getKeyId()), scopes(key.getScopes(), covered)));
    }

    private static Set<Scope> scopes(Collection<String> words, Set<Scope> covered) {
        return words.stream().map(Scope::named).flatMap(Optional::stream).filter(covered::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public void upToDate() {
        var now = clock.instant();
        users.values().removeIf(user -> user.neededUntil().isBefore(now));
        sessions.values().removeIf(until -> until.isBefore(now));
        keys.values().removeIf(key -> key.expiresAt().isBefore(now));
    }

    @Override
    public boolean asksOnAndOn() {
        return true;
    }

    @Override
    public void stillThere() {
        heard.run();
    }

    @Override
    public void drainTaken(Consumer<String> consumer) {}
}
