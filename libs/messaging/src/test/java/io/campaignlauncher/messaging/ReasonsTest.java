package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonsTest {

    @ParameterizedTest
    @ValueSource(strings = { "GET https://host/v24.0/act_1?access_token=s3cr3t&fields=id",
        "{\"access_token\": \"s3cr3t\"}",
        "Authorization: Bearer s3cr3t", "bearer s3cr3t", "password=s3cr3t", "appsecret_proof=s3cr3t",
        "the token was EAAs3cr3t0123456789" })
    void blots_secrets_out(String text) {
        assertThat(Reasons.cleaned(text)).doesNotContain("s3cr3t").contains("***");
    }

    @ParameterizedTest
    @ValueSource(strings = { "the access token is invalid", "no job is called x", "credential default is not there" })
    void leaves_plain_words_alone(String text) {
        assertThat(Reasons.cleaned(text)).isEqualTo(text);
    }

    @Test
    void names_a_failure_and_its_causes_in_one_line() {
        var failure = new IllegalStateException("it broke\n  badly", new IllegalArgumentException("wrong"));
        assertThat(Reasons.of(failure)).isEqualTo(
                "IllegalStateException: it broke badly, because of IllegalArgumentException: wrong");
    }

    @Test
    void is_never_longer_than_a_thousand_characters() {
        assertThat(Reasons.cleaned("x".repeat(5_000))).hasSize(1_000);
    }
}
