package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokenCipherTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final TokenCipher cipher = TokenCipher.withKey(Base64.getEncoder().encodeToString(KEY));

    @Test
    void decrypts_what_it_encrypted() throws GeneralSecurityException {
        assertThat(cipher.decrypt("id", cipher.encrypt("id", "tokén"))).isEqualTo("tokén");
    }

    @Test
    void never_encrypts_a_token_the_same_way_twice() {
        assertThat(cipher.encrypt("id", "token")).isNotEqualTo(cipher.encrypt("id", "token"));
    }

    @Test
    void writes_nonce_ciphertext_and_tag_as_any_aes_gcm_reads_them() throws GeneralSecurityException {
        var encrypted = cipher.encrypt("id", "token");
        assertThat(encrypted).hasSize(12 + "token".length() + 16);
        var java = Cipher.getInstance("AES/GCM/NoPadding");
        java.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, encrypted, 0, 12));
        java.updateAAD("id".getBytes(StandardCharsets.UTF_8));
        assertThat(java.doFinal(encrypted, 12, encrypted.length - 12)).asString(StandardCharsets.UTF_8)
                .isEqualTo("token");
    }

    @Test
    void refuses_another_id_another_key_and_changed_bytes() {
        var encrypted = cipher.encrypt("id", "token");
        assertThatThrownBy(() -> cipher.decrypt("other", encrypted)).isInstanceOf(GeneralSecurityException.class);
        var otherKey = TokenCipher.withKey(Base64.getEncoder().encodeToString(new byte[32]));
        assertThatThrownBy(() -> otherKey.decrypt("id", encrypted)).isInstanceOf(GeneralSecurityException.class);
        encrypted[15] ^= 1;
        assertThatThrownBy(() -> cipher.decrypt("id", encrypted)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void refuses_a_key_of_another_length_without_showing_it() {
        var short16 = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> TokenCipher.withKey(short16)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes").hasMessageContaining("16").hasMessageNotContaining(short16);
        assertThatThrownBy(() -> TokenCipher.withKey("no_base64_§§")).isInstanceOf(IllegalArgumentException.class)
                .hasNoCause().hasMessageContaining("base64").hasMessageNotContaining("§");
    }

    @Test
    void of_several_keys_the_first_encrypts_and_all_decrypt() throws GeneralSecurityException {
        var older = Base64.getEncoder().encodeToString(KEY);
        var newer = Base64.getEncoder().encodeToString(new byte[32]);
        for (var written : List.of(newer + "," + older, newer + " , " + older, newer + "\n" + older + "\n")) {
            var both = TokenCipher.withKey(written);
            assertThat(both.decrypt("id", cipher.encrypt("id", "token"))).isEqualTo("token");
            var encrypted = both.encrypt("id", "token");
            assertThat(TokenCipher.withKey(newer).decrypt("id", encrypted)).isEqualTo("token");
            assertThatThrownBy(() -> cipher.decrypt("id", encrypted)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void what_an_older_key_encrypted_is_encrypted_anew_and_once() throws GeneralSecurityException {
        var newer = TokenCipher.withKey(Base64.getEncoder().encodeToString(new byte[32]));
        var both = TokenCipher.withKey(Base64.getEncoder().encodeToString(new byte[32]) + ","
                + Base64.getEncoder().encodeToString(KEY));
        var anew = both.underFirstKey("id", cipher.encrypt("id", "token")).orElseThrow();
        assertThat(newer.decrypt("id", anew)).isEqualTo("token");
        assertThat(both.underFirstKey("id", anew)).isEmpty();
        assertThatThrownBy(() -> both.underFirstKey("other", anew)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> newer.underFirstKey("id", cipher.encrypt("id", "token")))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void says_which_of_several_keys_is_none_and_shows_none() {
        var good = Base64.getEncoder().encodeToString(KEY);
        assertThatThrownBy(() -> TokenCipher.withKey(good + ",no_base64_§§"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.").hasMessageNotContaining("§").hasMessageNotContaining(good);
        assertThatThrownBy(() -> TokenCipher.withKey((good + ",").repeat(11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 10").hasMessageNotContaining(good);
        assertThatThrownBy(() -> TokenCipher.withKey(" , ")).isInstanceOf(IllegalArgumentException.class);
    }
}
