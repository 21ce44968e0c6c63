package io.campaignlauncher.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.campaignlauncher.identity.store.SigningKeys;
import io.campaignlauncher.messaging.TokenCipher;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signing keys as this instance knows them: read again each minute, so a rotation by another instance is known long before its tokens come. Blocks. */
public final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final Duration READ_EVERY = Duration.ofMinutes(1);
    /** No credential can have this name, so neither decrypts as the other. */
    private static final String BOUND_TO = "identity-signing-key:";

    private final SigningKeys keys;
    private final TokenCipher cipher;
    private final Clock clock;
    private volatile @Nullable Ring ring;

    private record Ring(ECKey signing, JWKSet published, Instant readAt) {}

    public KeyRing(SigningKeys keys, TokenCipher cipher, Clock clock) {
        this.keys = keys;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** With its private part. */
    ECKey signing() {
        return ring().signing();
    }

    /** Public parts only. */
    public JWKSet published() {
        return ring().published();
    }

    private Ring ring() {
        var known = ring;
        if (known != null && clock.instant().isBefore(known.readAt().plus(READ_EVERY))) {
            return known;
        }
        var read = read();
        ring = read;
        return read;
    }

    private Ring read() {
        var at = clock.instant();
        var stored = keys.published(this::another);
        var signing = stored.stream().filter(key -> key.state() == SigningKeys.State.SIGNING).findFirst()
                .orElseThrow(() -> new IllegalStateException("no key signs"));
        var published = stored.stream().map(key -> parsed(key.publicKey(), key.keyId())).<JWK>map(ECKey::toPublicJWK)
                .toList();
        var read = new Ring(decrypted(signing), new JWKSet(published), at);
        stored.forEach(this::underFirstKey);
        return read;
    }

    /** So that an older one can be taken out of the setting. One that no key opens is left as it is: it hurts once it is to sign. */
    private void underFirstKey(SigningKeys.Stored key) {
        try {
            cipher.underFirstKey(BOUND_TO + key.keyId(), key.privateKey())
                    .ifPresent(encrypted -> keys.encryptedAnew(key, encrypted));
        } catch (GeneralSecurityException e) {
            LOG.warn("launch.credentials.key does not open the signing key {}", key.keyId());
        }
    }

    private SigningKeys.Stored another() {
        try {
            var key = new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256).generate();
            return SigningKeys.Stored.fresh(key.getKeyID(), key.toPublicJWK().toJSONString(),
                    cipher.encrypt(BOUND_TO + key.getKeyID(), key.toJSONString()));
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java has no ES256", e);
        }
    }

    private ECKey decrypted(SigningKeys.Stored key) {
        try {
            return parsed(cipher.decrypt(BOUND_TO + key.keyId(), key.privateKey()), key.keyId());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("launch.credentials.key does not open the signing key " + key.keyId()
                    + ": start the service with the key that it was stored with", e);
        }
    }

    private static ECKey parsed(String json, String keyId) {
        try {
            return ECKey.parse(json);
        } catch (ParseException e) {
            // Without the cause: its message may quote the key.
            throw new IllegalStateException("the signing key " + keyId + " cannot be read");
        }
    }
}
