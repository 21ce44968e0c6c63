package io.campaignlauncher.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.frontdoor.DoorSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** What a client sees of an answer, by its fate. */
class StandInServerTest {

    private static final byte[] BODY = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final int BODY_BYTES_MAX = 1000;

    private Reply next = Reply.json(200, BODY);
    private final StandInServer server = StandInServer.start(
            new StandInServer.Settings("stand-in-test", "http", "127.0.0.1", 0, 1, BODY_BYTES_MAX,
                    DoorSettings.DEFAULTS, _ -> false, UnaryOperator.identity()),
            request -> request.uri().equals("/broken") ? Mono.error(new IllegalStateException("a defect"))
                    : Mono.just(next));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .timeout(Duration.ofSeconds(next.fate() == Fate.SILENCE ? 1 : 20))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Everything that comes over a connection of its own until it ends. */
    private String raw() throws IOException {
        try (var socket = new Socket(server.baseUrl().getHost(), server.baseUrl().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(
                    ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void nextFate(Fate fate) {
        next = new Reply(200, Map.of("X-Told", "yes"), "text/plain", BODY, Duration.ZERO, fate);
    }

    @Test
    void an_answer_arrives_with_its_headers() throws Exception {
        nextFate(Fate.ANSWERED);
        var answer = post("/", "x");
        assertThat(answer.body()).isEqualTo("0123456789");
        assertThat(answer.headers().firstValue("x-told")).hasValue("yes");
    }

    @Test
    void a_closed_connection_ends_without_a_byte() throws Exception {
        nextFate(Fate.CONNECTION_CLOSED);
        assertThat(raw()).isEmpty();
    }

    @Test
    void a_reset_connection_ends_with_a_reset() {
        nextFate(Fate.CONNECTION_RESET);
        assertThatThrownBy(this::raw).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }

    @Test
    void half_an_answer_tells_the_length_of_the_whole_and_ends_in_the_middle() throws Exception {
        nextFate(Fate.CUT_SHORT);
        assertThat(raw()).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: 10\r\n")
                .endsWith("\r\n\r\n01234");
        assertThatThrownBy(() -> post("/", "x")).isInstanceOf(IOException.class);
    }

    @Test
    void silence_is_no_answer_at_all() {
        nextFate(Fate.SILENCE);
        assertThatThrownBy(() -> post("/", "x")).isInstanceOf(HttpTimeoutException.class);
    }

    @ParameterizedTest
    @EnumSource(Fate.class)
    void only_an_answer_and_half_of_one_show_anything(Fate fate) {
        assertThat(fate.isNoAnswer()).isEqualTo(fate != Fate.ANSWERED && fate != Fate.CUT_SHORT);
    }

    @Test
    void takes_no_body_that_is_too_large_whatever_it_says_of_its_length() throws Exception {
        var large = "x".repeat(BODY_BYTES_MAX + 1);
        assertThat(post("/", large).statusCode()).isEqualTo(413);
        var chunked = HttpRequest.newBuilder(server.baseUrl()).POST(HttpRequest.BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))).build();
        assertThat(client.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(post("/", "x".repeat(BODY_BYTES_MAX)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_defect_of_its_own_is_a_status_500() throws Exception {
        assertThat(post("/broken", "x").statusCode()).isEqualTo(500);
    }
}
