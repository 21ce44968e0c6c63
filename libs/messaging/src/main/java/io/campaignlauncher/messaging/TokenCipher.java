package io.campaignlauncher.messaging;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Encrypts access tokens with AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag. The key of the credential's record is bound in
 * as associated data, so a token that was moved under another name does not decrypt.
 */
public final class TokenCipher {

    private static final int KEY_BYTES = 32;

    private final Aead aead;

    private TokenCipher(Aead aead) {
        this.aead = aead;
    }

    /** @throws IllegalArgumentException when this is not the base64 of 32 bytes; it never shows the key */
    public static TokenCipher withKey(String base64) {
        var key = decoded(base64);
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "launch.credentials.key must be " + KEY_BYTES + " bytes in base64, not " + key.length);
        }
        try {
            return new TokenCipher(new AesGcmJce(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-256-GCM", e);
        }
    }

    public byte[] encrypt(String key, String token) {
        try {
            return aead.encrypt(token.getBytes(StandardCharsets.UTF_8), associatedData(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a token could not be encrypted", e);
        }
    }

    /** @throws GeneralSecurityException when it was encrypted with another key or under another name, or was changed */
    public String decrypt(String key, byte[] encrypted) throws GeneralSecurityException {
        return new String(aead.decrypt(encrypted, associatedData(key)), StandardCharsets.UTF_8);
    }

    private static byte[] associatedData(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            // Without the cause: its message shows characters of the key.
            throw new IllegalArgumentException("launch.credentials.key is not base64");
        }
    }
}
