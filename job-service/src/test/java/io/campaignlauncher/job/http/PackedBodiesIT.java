package io.campaignlauncher.job.http;

import io.campaignlauncher.messaging.CredentialName;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class PackedBodiesIT {

    private static final int BODY_BYTES_MAX = 100_000;

    private static HttpApi api;

    @BeforeAll
    static void start() {
        api = new HttpApi("packed_bodies", new HttpSettings(BODY_BYTES_MAX, BODY_BYTES_MAX, HttpSettings.defaults()
                .patience(), 8, 1000, 50, 500));
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "GZIP", "x-gzip" })
    void takes_a_body_that_is_packed(String encoding) throws IOException {
        put(encoding, packed("{\"accessToken\":\"packed-" + encoding + "\"}")).expectStatus().isNoContent();
        assertThat(api.credentials.accessToken(CredentialName.local("packed"))).hasValue("packed-" + encoding);
    }

    @Test
    void takes_a_body_that_says_it_is_not() {
        put("identity", bytes("{\"accessToken\":\"plain\"}")).expectStatus().isNoContent();
    }

    @Test
    void unpacks_no_more_than_a_body_may_have() throws IOException {
        var fits = "{\"accessToken\":\"t\"" + " ".repeat(BODY_BYTES_MAX - 19) + "}";
        assertThat(fits).hasSize(BODY_BYTES_MAX);
        put("gzip", packed(fits)).expectStatus().isNoContent();
        put("gzip", packed(fits + " ")).expectStatus().isEqualTo(413);
        var bomb = packed("{\"accessToken\":\"" + "t".repeat(50_000_000) + "\"}");
        assertThat(bomb).hasSizeLessThan(BODY_BYTES_MAX);
        put("gzip", bomb).expectStatus().isEqualTo(413).expectBody().jsonPath("$.title")
                .isEqualTo("The request is too large");
    }

    @Test
    void refuses_what_it_cannot_unpack() throws IOException {
        var packed = packed("{\"accessToken\":\"t\"}");
        put("gzip", bytes("{\"accessToken\":\"t\"}")).expectStatus().isBadRequest().expectBody().jsonPath("$.title")
                .isEqualTo("The body is no gzip");
        put("gzip", Arrays.copyOf(packed, packed.length - 6)).expectStatus().isBadRequest();
        packed[packed.length - 5] ^= 1;
        put("gzip", packed).expectStatus().isBadRequest();
        for (var encoding : new String[]{ "br", "deflate", "gzip, gzip", "zstd" }) {
            put(encoding, packed).expectStatus().isEqualTo(415).expectBody().jsonPath("$.detail")
                    .value(detail -> assertThat((String) detail).contains("gzip"));
        }
    }

    private static ResponseSpec put(String encoding, byte[] body) {
        return api.client.put().uri("/v1/credentials/packed").contentType(MediaType.APPLICATION_JSON)
                .header("Content-Encoding", encoding).bodyValue(body).exchange();
    }

    private static byte[] packed(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(packed)) {
            packing.write(bytes(text));
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
