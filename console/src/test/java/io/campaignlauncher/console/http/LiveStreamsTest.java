package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Streams that the console passes on. */
class LiveStreamsTest {

    private static final String UPSTREAM = "GET /v1/jobs/7/stream";
    private static final String LIVE = "/console/jobs/7/stream";
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Sinks.Many<String> events = Sinks.many().multicast().directBestEffort();
    private RunningConsole console;

    @BeforeEach
    void start() {
        console = new RunningConsole("--launch.console.streams-max=200");
        console.flow(UPSTREAM, Flux.concat(Flux.just("retry:1000\n\n"), events.asFlux()));
    }

    @AfterEach
    void stop() {
        console.close();
        client.shutdownNow();
    }

    @Test
    void hands_each_event_on_when_it_comes() throws Exception {
        try (var stream = followed()) {
            assertThat(read(stream, "retry:1000\n\n")).isEqualTo("retry:1000\n\n");
            for (var event : List.of("id:1\ndata:{}\n\n", "id:2\ndata:{}\n\n")) {
                events.tryEmitNext(event);
                assertThat(read(stream, event)).isEqualTo(event);
            }
        }
    }

    @Test
    void says_what_was_seen_last_by_the_header_of_who_comes_back_or_by_the_page_of_who_comes_first() {
        console.answer(UPSTREAM, 204, "");
        assertThat(console.get(LIVE).statusCode()).isEqualTo(204);
        console.get(LIVE + "?after=17");
        console.get(LIVE + "?after=17", "last-event-id", "21");
        console.get(LIVE + "?after=x%0d%0ax");
        assertThat(console.asked()).extracting(RunningConsole.Asked::lastEventId).containsExactly("", "17", "21", "");
    }

    @Test
    void answers_what_the_service_answers_and_503_where_it_is_away() {
        console.answer(UPSTREAM, 503, "{}", Map.of("retry-after", "7"));
        var full = console.get(LIVE);
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.headers().firstValue("retry-after")).contains("7");
        assertThat(console.get("/console/jobs/8/stream").statusCode()).isEqualTo(404);
        console.endOthers();
        assertThat(console.get(LIVE).statusCode()).isEqualTo(503);
    }

    @Test
    void ends_the_stream_there_when_the_browser_leaves() throws Exception {
        var stream = followed();
        read(stream, "retry:1000\n\n");
        assertThat(console.flowing()).isEqualTo(1);

        stream.close();

        await().untilAsserted(() -> assertThat(console.flowing()).isZero());
        assertThat(console.streams().free()).isEqualTo(200);
    }

    @Test
    void has_one_stream_there_for_each_live_page_asks_for_nothing_else_and_turns_away_one_too_many() throws Exception {
        var streams = new ArrayList<InputStream>();
        for (int i = 0; i < 200; i++) {
            streams.add(followed());
        }
        for (var stream : streams) {
            read(stream, "retry:1000\n\n");
        }
        assertThat(console.flowing()).isEqualTo(200);
        assertThat(console.asked()).hasSize(200);

        var event = "id:1\nevent:progress\ndata:{}\n\n";
        events.tryEmitNext(event);
        for (var stream : streams) {
            assertThat(read(stream, event)).isEqualTo(event);
        }
        assertThat(console.asked()).as("an event costs no request").hasSize(200);
        assertThat(console.get(LIVE).statusCode()).isEqualTo(503);
        assertThat(console.get("/console").statusCode()).as("pages go on").isEqualTo(200);

        CompletableFuture.runAsync(console::stop).get(SHORT.toMillis(), TimeUnit.MILLISECONDS);
        for (var stream : streams) {
            assertThat(stream.read()).as("ended, not broken off").isEqualTo(-1);
        }
    }

    @Test
    void ends_a_stream_that_the_service_breaks_off_so_that_the_browser_comes_back() throws Exception {
        var broken = Sinks.many().unicast().<String>onBackpressureBuffer();
        console.flow(UPSTREAM, broken.asFlux());
        broken.tryEmitNext("retry:1000\n\n");
        try (var stream = followed()) {
            read(stream, "retry:1000\n\n");
            broken.tryEmitError(new IOException("gone"));
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    /** 64 MB are ready there. */
    @Test
    void takes_no_more_from_the_service_than_a_slow_browser_takes() throws Exception {
        var taken = new AtomicLong();
        var large = "data:" + "x".repeat(64 * 1024) + "\n\n";
        console.flow(UPSTREAM, Flux.range(0, 1000).map(_ -> large).doOnNext(part -> taken.addAndGet(part.length())));
        try (var browser = new Socket("127.0.0.1", console.address().getPort())) {
            browser.setReceiveBufferSize(4096);
            browser.getOutputStream().write(("GET " + LIVE + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> taken.get() > 0);
            await("no more is taken").pollInterval(Duration.ofMillis(500)).until(() -> {
                var before = taken.get();
                TimeUnit.MILLISECONDS.sleep(300);
                return taken.get() == before;
            });
            assertThat(taken.get()).isLessThan(40L * 1024 * 1024);
        }
    }

    @Test
    void passes_a_history_on_as_a_file() {
        console.answer("GET /v1/jobs/7/history", 200, "{\"events\":[]}", Map.of("content-type", "application/json"));
        var answer = console.get("/console/jobs/7/history");
        assertThat(answer.body()).isEqualTo("{\"events\":[]}");
        assertThat(answer.headers().firstValue("content-disposition").orElse("")).startsWith("attachment");
        assertThat(console.get("/console/jobs/8/history").statusCode()).isEqualTo(404);
    }

    private InputStream followed() throws Exception {
        HttpResponse<InputStream> answer = client.send(
                HttpRequest.newBuilder(console.address().resolve(LIVE)).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        return answer.body();
    }

    /** As much as that has. */
    private static String read(InputStream stream, String expected) throws IOException {
        return new String(stream.readNBytes(expected.length()), StandardCharsets.UTF_8);
    }
}
