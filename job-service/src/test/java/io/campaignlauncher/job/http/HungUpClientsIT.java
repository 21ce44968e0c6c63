package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.http.TracedRequests;
import io.campaignlauncher.frontdoor.DoorSettings;
import io.campaignlauncher.frontdoor.FrontDoor;
import io.campaignlauncher.job.live.LiveSettings;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The routes behind the front door, over connections that end in the midst of something: nobody's fault, so nothing in the log. */
@ExtendWith(OutputCaptureExtension.class)
class HungUpClientsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger OPEN = new AtomicInteger();

    private static HttpApi api;
    private static DisposableServer server;

    @BeforeAll
    static void start() {
        api = new HttpApi("hung_up", HttpSettings.defaults(),
                new LiveSettings(Duration.ofMillis(20), 10, Duration.ofMillis(10), Duration.ofMinutes(10)),
                LegacyRoutesSettings.none(Duration.ofMinutes(1)));
        var door = new FrontDoor("127.0.0.1",
                DoorSettings.DEFAULTS.withTimes(PATIENCE, Duration.ofMillis(500), PATIENCE));
        server = door.guard(HttpServer.create().host("127.0.0.1").port(0).doOnChannelInit((_, channel, _) -> {
            OPEN.incrementAndGet();
            channel.closeFuture().addListener(_ -> OPEN.decrementAndGet());
        })).handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(api.routes,
                HandlerStrategies.builder().webFilter(new TracedRequests()).webFilter(api.asking()).build())))
                .bindNow();
    }

    @AfterAll
    static void stop() {
        server.disposeNow(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST /v1/jobs", "PUT /v1/credentials/x",
        "POST /v1/jobs/00000000-0000-3000-8000-000000000000/rollback",
        "POST /v1/jobs/00000000-0000-3000-8000-000000000000/cancel",
        "PUT /v1/jobs/00000000-0000-3000-8000-000000000000/start",
        "POST /v1/jobs/00000000-0000-3000-8000-000000000000/clone",
        "POST /v1/media/videos", "POST /api/strategyForAll/create" })
    void half_a_body_is_given_up_and_one_that_breaks_off_is_no_error(String route, CapturedOutput log)
            throws Exception {
        var half = head(route) + "content-type: application/json\r\ncontent-length: 90\r\n\r\n{\"a\":";
        try (var waiting = connected(half)) {
            assertThat(rest(waiting)).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
        }
        reset(connected(half));
        try (var odd = connected(
                head(route) + "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nno number\r\n")) {
            assertThat(rest(odd)).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        }
        assertSilence(log);
        assertThat(api.taken).isEmpty();
    }

    @Test
    void who_follows_a_job_and_hangs_up_is_no_error(CapturedOutput log) throws Exception {
        var job = ScriptedJob.accepted("u", "k", 1, Instant.parse("2026-01-01T00:00:00Z"));
        api.readModel.store(List.of(job));
        var follower = connected(head("GET /v1/jobs/" + job.jobId() + "/stream") + "\r\n");
        var heard = new Scanner(follower.getInputStream(), StandardCharsets.UTF_8);
        assertThat(heard.findWithinHorizon("still here", 10_000)).isNotNull();
        reset(follower);
        assertSilence(log);
        await().atMost(PATIENCE).until(() -> api.live.followers() == 0);
    }

    @Test
    void who_hangs_up_before_or_within_an_answer_is_no_error(CapturedOutput log) throws Exception {
        var job = ScriptedJob.accepted("u", "long", 60, Instant.parse("2026-01-01T00:00:00Z")).completed();
        api.readModel.store(List.of(job));
        for (int read : new int[]{ 0, 1, 2_000 }) {
            var reader = connected(head("GET /v1/jobs/" + job.jobId() + "/history") + "\r\n");
            assertThat(reader.getInputStream().readNBytes(read)).hasSize(read);
            reset(reader);
        }
        assertSilence(log);
    }

    private static void assertSilence(CapturedOutput log) {
        await().atMost(PATIENCE).until(() -> OPEN.get() == 0);
        assertThat(log.getAll()).doesNotContain("ERROR").doesNotContain("WARN").doesNotContain("\tat ");
    }

    private static String head(String route) {
        return route + " HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: k\r\n";
    }

    private static Socket connected(String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The connection ends at once, with RST. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
