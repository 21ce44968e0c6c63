package io.campaignlauncher.job.notify.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The signature under a notification, and what a secret must be. */
class SigningSecretsTest {

    private static final String ONE = base64("0123456789abcdef0123456789abcdef");
    private static final String OTHER = base64("fedcba9876543210fedcba9876543210");
    private static final UUID ID = UUID.fromString("5b1c1c44-4b3f-3a55-8a0e-6f3c9f0f8f11");
    private static final Instant AT = Instant.ofEpochSecond(1_774_785_600L, 999_999_999);
    private static final String BODY = "{\"campaignName\":\"S\u00fc\u00dfes\"}";

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void signs_id_timestamp_and_body_with_hmac_sha256() {
        // printf '%s' '5b1c1c44-4b3f-3a55-8a0e-6f3c9f0f8f11.1774785600.{"campaignName":"Süßes"}' |
        //   openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(SigningSecrets.of(ONE).signature(ID, AT, BODY))
                .isEqualTo("v1=546bd55768809a35d18b9924efa18796c1d3f9be85223c99dad02f5e7dd04eca");
    }

    @Test
    void writes_the_same_as_standard_webhooks_has_it() throws Exception {
        var both = SigningSecrets.of(ONE + "," + OTHER).standardSignature(ID, AT, BODY).split(" ");
        for (int i = 0; i < 2; i++) {
            var theirs = new Webhook("whsec_" + (i == 0 ? ONE : OTHER)).sign(ID.toString(), AT.getEpochSecond(), BODY);
            assertThat(both[i]).isEqualTo(theirs);
        }
        assertThat(both[0]).isEqualTo("v1," + Base64.getEncoder().encodeToString(
                HexFormat.of().parseHex("546bd55768809a35d18b9924efa18796c1d3f9be85223c99dad02f5e7dd04eca")));
    }

    @Test
    void signs_with_each_of_two_secrets_while_they_are_changed() {
        var both = SigningSecrets.of(" " + ONE + " , " + OTHER).signature(ID, AT, BODY);
        assertThat(both.split(",")).containsExactly(SigningSecrets.of(ONE).signature(ID, AT, BODY),
                SigningSecrets.of(OTHER).signature(ID, AT, BODY)).doesNotHaveDuplicates();
    }

    @Test
    void every_part_of_what_is_signed_counts() {
        var secrets = SigningSecrets.of(ONE);
        var signature = secrets.signature(ID, AT, BODY);
        assertThat(secrets.signature(new UUID(1, 1), AT, BODY)).isNotEqualTo(signature);
        assertThat(secrets.signature(ID, AT.plusSeconds(1), BODY)).isNotEqualTo(signature);
        assertThat(secrets.signature(ID, AT, BODY + " ")).isNotEqualTo(signature);
    }

    @Test
    void without_a_setting_there_is_none() {
        assertThat(SigningSecrets.of("").present()).isFalse();
        assertThat(SigningSecrets.of("  ").present()).isFalse();
        assertThat(SigningSecrets.of(ONE).present()).isTrue();
    }

    @Test
    void a_secret_that_is_too_short_or_no_base64_is_refused_and_not_shown() {
        var tooShort = base64("0123456789abcdef0123456789abcde");
        for (var setting : new String[]{ tooShort, ONE + "," + tooShort, "not base64!", ONE + ",", "," }) {
            assertThatThrownBy(() -> SigningSecrets.of(setting)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("launch.webhook.secret").hasNoCause()
                    .message().doesNotContain(tooShort, "not base64!", "MDEy");
        }
        assertThatThrownBy(() -> SigningSecrets.of(String.join(",", ONE, ONE, ONE, ONE, ONE, ONE)))
                .hasMessageContaining("at most 5");
        assertThat(SigningSecrets.of(ONE).toString()).doesNotContain(ONE, "0123");
    }
}
