package io.campaignlauncher.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who issues access tokens: ours, or one of another house. Its keys are served over HTTP. */
public final class TestIssuer implements AutoCloseable {

    public static final String AUDIENCE = "campaign-launcher";
    private static final String OURS = "urn:campaign-launcher:identity";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int RSA_BITS = 2048;

    private final HttpServer server;
    private final String issuer;
    private final JWSAlgorithm algorithm;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile JWK key;
    private volatile boolean away;

    private TestIssuer(boolean ours) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        algorithm = ours ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
        issuer = ours ? OURS : "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/house";
        key = newKey();
        server.createContext("/jwks.json", exchange -> answer(exchange, new JWKSet(key).toString(true)));
        server.createContext("/realms/house/.well-known/openid-configuration", exchange -> answer(exchange,
                JsonMapper.shared().writeValueAsString(Map.of("issuer", issuer, "jwks_uri", keysAddress()))));
        server.start();
    }

    /** As identity-service: ES256, known by the address of its keys. */
    public static TestIssuer ours() {
        return new TestIssuer(true);
    }

    /** As other houses have it: RS256, found by OpenID Connect discovery. */
    public static TestIssuer foreign() {
        return new TestIssuer(false);
    }

    /** Its {@code iss}. */
    public String issuer() {
        return issuer;
    }

    public String keysAddress() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json";
    }

    /** With its private part. */
    public JWK key() {
        return key;
    }

    /** Signs with another key from now on; the one before is not published any more. */
    public void changesKey() {
        key = newKey();
    }

    /** Answers 503 while it is away. */
    public void isAway(boolean now) {
        away = now;
    }

    /** How often its keys or its description were asked for. */
    public int asked() {
        return asked.get();
    }

    /** A good token, ten minutes long, of a user that is new, of tenant {@code local}. */
    public String token(String... roles) {
        return token(claims -> claims.claim("roles", List.of(roles)));
    }

    /** A token that would be good, but for these changes. */
    public String token(Consumer<JWTClaimsSet.Builder> changes) {
        return signed(new JWSHeader.Builder(algorithm).type(new JOSEObjectType("at+jwt")).keyID(key.getKeyID())
                .build(), claims(changes), signer());
    }

    /** What a good token says, but for these changes. */
    public JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> changes) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder().issuer(issuer).audience(AUDIENCE).subject(UUID.randomUUID().toString())
                .jwtID(UUID.randomUUID().toString()).issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)));
        if (issuer.equals(OURS)) {
            claims.claim("tenant", "local").claim("tv", 0).claim("sid", UUID.randomUUID().toString());
        }
        changes.accept(claims);
        return claims.build();
    }

    public static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWSSigner signer() {
        try {
            return key instanceof ECKey curve ? new ECDSASigner(curve) : new RSASSASigner(key.toRSAKey());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWK newKey() {
        try {
            var id = UUID.randomUUID().toString();
            return algorithm.equals(JWSAlgorithm.ES256) ? new ECKeyGenerator(Curve.P_256).keyID(id).generate()
                    : new RSAKeyGenerator(RSA_BITS).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        asked.incrementAndGet();
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(away ? 503 : 200, away ? -1 : bytes.length);
            if (!away) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
