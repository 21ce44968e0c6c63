package io.campaignlauncher.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(strings = { "access_token=s3cr3t&limit=3", "accessToken: s3cr3t", "{\"access_token\": \"s3cr3t\"}",
        "https://graph/me?access_token%3Ds3cr3t", "{'input_token':'s3cr3t'}", "exchange_token=s3cr3t,s3cr3t;s3cr3t",
        "client_secret=s3cr3t", "Authorization: Bearer s3cr3t", "authorization=s3cr3t", "bearer s3cr3t",
        "PASSWORD=s3cr3t",
        "appsecret_proof=s3cr3t", "jdbc:postgresql://user:s3cr3t@db:5432/launch", "the token was EAAs3cr3t0123456789",
        "user=a&password=s3cr3t", "the webhook has whsec_s3cr3tAAAA+/BBBB=" })
    void blots_out(String text) {
        assertThat(Secrets.blottedOut(text, "•••")).doesNotContain("s3cr3t").contains("•••");
    }

    @ParameterizedTest
    @ValueSource(strings = { "the access token is invalid", "no job is called x", "credential default is not there",
        "https://graph.facebook.com:443/v24.0/act_1", "http://localhost:8080/a@b", "bearers of news" })
    void leaves_plain_words_alone(String text) {
        assertThat(Secrets.blottedOut(text, "•••")).isEqualTo(text);
    }
}
