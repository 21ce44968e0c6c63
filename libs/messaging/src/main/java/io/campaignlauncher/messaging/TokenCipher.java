package io.campaignlauncher.messaging;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Encrypts access tokens with AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag. The key of the credential's record is bound in
 * as associated data, so a token that was moved under another name does not decrypt. Of several keys the first encrypts and all
 * decrypt: none is named in what it encrypted, each is tried, and only the right one opens it.
 */
public final class TokenCipher {

    private static final int KEY_BYTES = 32;
    private static final int KEYS_MAX = 10;
    private static final String SEPARATORS = "[,\\s]+";

    private final Aead first;
    private final List<Aead> others;

    private TokenCipher(Aead first, List<Aead> others) {
        this.first = first;
        this.others = others;
    }

    /**
     * @param base64 32 bytes in base64; several with commas or line breaks between them
     * @throws IllegalArgumentException when this is something else; it never shows a key
     */
    public static TokenCipher withKey(String base64) {
        var keys = keys(base64).stream().map(TokenCipher::aead).toList();
        return new TokenCipher(keys.getFirst(), keys.subList(1, keys.size()));
    }

    /** 32 bytes each. @throws IllegalArgumentException as {@link #withKey} */
    static List<byte[]> keys(String base64) {
        var texts = Arrays.stream(base64.split(SEPARATORS)).filter(text -> !text.isEmpty()).toList();
        if (texts.isEmpty() || texts.size() > KEYS_MAX) {
            throw new IllegalArgumentException("launch.credentials.key must be 1 to " + KEYS_MAX + " keys, not "
                    + texts.size());
        }
        return IntStream.range(0, texts.size())
                .mapToObj(i -> decoded(texts.get(i), texts.size() == 1 ? "" : " (the " + (i + 1) + ". of them)"))
                .toList();
    }

    public byte[] encrypt(String key, String token) {
        return encrypt(key, token.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] encrypt(String key, byte[] token) {
        try {
            return first.encrypt(token, associatedData(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a token could not be encrypted", e);
        }
    }

    /** @throws GeneralSecurityException when it was encrypted with none of the keys or under another name, or was changed */
    public String decrypt(String key, byte[] encrypted) throws GeneralSecurityException {
        var token = opened(first, key, encrypted);
        return new String(token.isPresent() ? token.get() : openedByOthers(key, encrypted), StandardCharsets.UTF_8);
    }

    /**
     * The same token, encrypted with the first key; empty where it is so already.
     *
     * @throws GeneralSecurityException as in {@link #decrypt}
     */
    public Optional<byte[]> underFirstKey(String key, byte[] encrypted) throws GeneralSecurityException {
        return opened(first, key, encrypted).isPresent() ? Optional.empty()
                : Optional.of(encrypt(key, openedByOthers(key, encrypted)));
    }

    private byte[] openedByOthers(String key, byte[] encrypted) throws GeneralSecurityException {
        for (var other : others) {
            var token = opened(other, key, encrypted);
            if (token.isPresent()) {
                return token.get();
            }
        }
        throw new GeneralSecurityException("no key opens it");
    }

    private static Optional<byte[]> opened(Aead aead, String key, byte[] encrypted) {
        try {
            return Optional.of(aead.decrypt(encrypted, associatedData(key)));
        } catch (GeneralSecurityException notThisOne) {
            return Optional.empty();
        }
    }

    private static Aead aead(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-256-GCM", e);
        }
    }

    private static byte[] associatedData(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String base64, String which) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            // Without the cause: its message shows characters of the key.
            throw new IllegalArgumentException("launch.credentials.key is not base64" + which);
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "launch.credentials.key must be " + KEY_BYTES + " bytes in base64, not " + key.length + which);
        }
        return key;
    }
}
