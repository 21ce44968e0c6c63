package io.campaignlauncher.identity.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Secrets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private final SecureRandom random = new SecureRandom();

    @Test
    void a_token_never_outlives_its_session() {
        var idle = Duration.ofDays(7);
        assertThat(RefreshRules.expiry(NOW, idle, NOW.plus(Duration.ofDays(30)))).isEqualTo(NOW.plus(idle));
        assertThat(RefreshRules.expiry(NOW, idle, NOW.plusSeconds(5))).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void a_token_that_was_used_ends_its_session_and_others_do_not() {
        assertThat(RefreshRules.unclaimed(false, null)).isEqualTo(RefreshRules.Verdict.UNKNOWN);
        assertThat(RefreshRules.unclaimed(true, null)).isEqualTo(RefreshRules.Verdict.OVER);
        assertThat(RefreshRules.unclaimed(true, NOW)).isEqualTo(RefreshRules.Verdict.USED_BEFORE);
    }

    @Test
    void a_secret_has_256_bits_and_is_stored_as_its_hash() {
        var secret = Secrets.next(random);
        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32);
        assertThat(Secrets.next(random)).isNotEqualTo(secret);
        assertThat(Secrets.hash("abc")).asHexString()
                .isEqualToIgnoringCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void a_key_is_found_by_its_prefix_and_never_shown_by_accident() {
        var key = ApiKeyText.next(random);
        assertThat(key.text()).startsWith(key.prefix() + "_").hasSize(59);
        assertThat(ApiKeyText.of(key.text())).contains(key);
        assertThat(key.toString()).isEqualTo(key.prefix());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "cl_", "cl_0123456789ab", "cl_0123456789AB_", "xx_0123456789ab_" })
    void what_cannot_be_a_key_is_none(String text) {
        assertThat(ApiKeyText.of(text)).isEmpty();
    }

    @Test
    void two_keys_of_a_name_and_twenty_of_a_user_are_enough() {
        assertThat(ApiKeyRules.oneMore(1, 1)).isNull();
        assertThat(ApiKeyRules.oneMore(2, 2)).isEqualTo(ApiKeyRules.Refusal.TWO_OF_THIS_NAME);
        assertThat(ApiKeyRules.oneMore(0, 20)).isEqualTo(ApiKeyRules.Refusal.TOO_MANY);
    }

    @Test
    void a_key_signs_for_its_time() {
        var life = Duration.ofDays(30);
        assertThat(SigningRules.isDue(NOW, NOW.plus(life).minusMillis(1), life)).isFalse();
        assertThat(SigningRules.isDue(NOW, NOW.plus(life), life)).isTrue();
    }
}
