package io.campaignlauncher.access.http;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public keys of whoever issues access tokens, as they were fetched last: again every few minutes, and at once for a key that is
 * not among them. One fetch at a time, bounded in time and size; where the issuer is away, what is known stays good. Before
 * anything is known there is an error and not an empty set, so that nobody is taken for a stranger.
 */
final class IssuerKeys implements Function<SignedJWT, Flux<JWK>> {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration REFRESHED_EVERY = Duration.ofMinutes(5);
    /** However many tokens come with keys that nobody knows. */
    private static final Duration ASKED_EVERY = Duration.ofSeconds(5);
    private static final int BYTES_MAX = 256 * 1024;
    private static final int KEYS_MAX = 100;
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final Mono<JWKSet> requested;
    private final String where;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Mono<List<JWK>>> fetching = new AtomicReference<>();
    private volatile @Nullable Known known;
    /** Null: never. */
    private volatile @Nullable Try latest;

    private record Known(List<JWK> keys, long atNanos) {}

    private record Try(long atNanos, boolean failed) {}

    private IssuerKeys(Mono<JWKSet> requested, String where, LongSupplier nanoTime) {
        this.requested = requested;
        this.where = where;
        this.nanoTime = nanoTime;
    }

    /** @param address of the key set itself */
    static IssuerKeys at(URI address, LongSupplier nanoTime) {
        var client = client();
        return new IssuerKeys(text(client, address).map(IssuerKeys::parsed), address.toString(), nanoTime);
    }

    /** By OpenID Connect discovery. */
    static IssuerKeys of(String issuer, LongSupplier nanoTime) {
        var client = client();
        var document = URI.create((issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + DISCOVERY);
        return new IssuerKeys(text(client, document).map(found -> keysOf(issuer, found))
                .flatMap(address -> text(client, address)).map(IssuerKeys::parsed), issuer, nanoTime);
    }

    /** Asked for before the first token comes. */
    void prepare() {
        fetched().subscribe(_ -> {}, _ -> {});
    }

    @Override
    public Flux<JWK> apply(SignedJWT token) {
        return Mono.defer(() -> keysFor(token.getHeader().getKeyID())).flatMapIterable(keys -> keys);
    }

    private Mono<List<JWK>> keysFor(@Nullable String keyId) {
        var now = known;
        if (now == null || keyId != null && now.keys().stream().noneMatch(key -> keyId.equals(key.getKeyID()))) {
            return askedJustNow() ? asBefore(now) : fetched();
        }
        if (nanoTime.getAsLong() - now.atNanos() > REFRESHED_EVERY.toNanos() && !askedJustNow()) {
            prepare();
        }
        return Mono.just(now.keys());
    }

    private boolean askedJustNow() {
        var before = latest;
        return before != null && fetching.get() == null
                && nanoTime.getAsLong() - before.atNanos() < ASKED_EVERY.toNanos();
    }

    private Mono<List<JWK>> asBefore(@Nullable Known now) {
        var before = latest;
        return now == null || before != null && before.failed()
                ? Mono.error(() -> new IllegalStateException("the keys of " + where + " could not be had a moment ago"))
                : Mono.just(now.keys());
    }

    /** Of several who want them at once, one asks. */
    private Mono<List<JWK>> fetched() {
        var running = fetching.get();
        if (running != null) {
            return running;
        }
        var next = requested.timeout(ANSWER_MAX).map(IssuerKeys::usable)
                .doOnSuccess(this::knows)
                .doOnError(this::isAway)
                .onErrorMap(error -> new IllegalStateException("the keys of " + where + " cannot be had", error))
                .cache();
        return fetching.compareAndSet(null, next) ? next : fetched();
    }

    private void knows(List<JWK> keys) {
        if (latest instanceof Try before && before.failed()) {
            LOG.info("the keys of {} are there again", where);
        }
        latest = new Try(nanoTime.getAsLong(), false);
        known = new Known(keys, nanoTime.getAsLong());
        fetching.set(null);
    }

    /** Told once; what is known stays. */
    private void isAway(Throwable error) {
        if (!(latest instanceof Try before && before.failed())) {
            LOG.warn("the keys of {} cannot be had: {}; {}", where, error.toString(),
                    known == null ? "no token can be judged" : "those known go on being used");
        }
        latest = new Try(nanoTime.getAsLong(), true);
        fetching.set(null);
    }

    /** Public halves of key pairs, and nothing that could sign. */
    private static List<JWK> usable(JWKSet set) {
        var keys = set.getKeys().stream().filter(AsymmetricJWK.class::isInstance).map(JWK::toPublicJWK)
                .limit(KEYS_MAX).toList();
        if (keys.isEmpty()) {
            throw new IllegalStateException("there is no public key in the set");
        }
        return keys;
    }

    private static HttpClient client() {
        return HttpClient.create(ConnectionProvider.newConnection()).followRedirect(false).responseTimeout(ANSWER_MAX);
    }

    private static Mono<String> text(HttpClient client, URI address) {
        return client.headers(headers -> headers.set("accept", "application/json")).get().uri(address)
                .response((answer, content) -> answer.status().code() == 200
                        ? content.asByteArray().reduceWith(ByteArrayOutputStream::new, IssuerKeys::added)
                        : Mono.error(new IllegalStateException(address + " answered " + answer.status().code())))
                .single().map(bytes -> bytes.toString(StandardCharsets.UTF_8));
    }

    private static ByteArrayOutputStream added(ByteArrayOutputStream all, byte[] part) {
        if (all.size() + part.length > BYTES_MAX) {
            throw new IllegalStateException("the answer has more than " + BYTES_MAX + " bytes");
        }
        all.writeBytes(part);
        return all;
    }

    private static JWKSet parsed(String text) {
        try {
            return JWKSet.parse(text);
        } catch (ParseException e) {
            throw new IllegalStateException("the answer is no key set", e);
        }
    }

    private static URI keysOf(String issuer, String document) {
        try {
            var read = JsonMapper.shared().readTree(document);
            if (!issuer.equals(read.path("issuer").asString(""))) {
                throw new IllegalStateException("the discovery document names another issuer");
            }
            var keys = URI.create(read.path("jwks_uri").asString(""));
            if (!"https".equals(keys.getScheme())
                    && !("http".equals(keys.getScheme()) && issuer.startsWith("http://"))) {
                throw new IllegalStateException("the discovery document names no address of keys that is as safe");
            }
            return keys;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalStateException("the discovery document cannot be read", e);
        }
    }
}
