package io.campaignlauncher.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The door of a server over raw connections: what no well-behaved client would send. */
@ExtendWith(OutputCaptureExtension.class)
class FrontDoorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final DoorSettings PATIENT = DoorSettings.DEFAULTS.withTimes(LONG, LONG, LONG);
    private static final String JSON = "content-type: application/json\r\n";

    private final List<DisposableServer> servers = new ArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        servers.forEach(server -> server.disposeNow(Duration.ofSeconds(1)));
    }

    @Test
    void answers_what_may_come_in_and_says_how_to_treat_it() throws Exception {
        var server = server(PATIENT);
        var answer = ask(server, "GET /own HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("own").contains("cache-control: max-age=60")
                .contains("x-content-type-options: nosniff", "referrer-policy: no-referrer",
                        "content-security-policy: default-src 'none'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'",
                        "cross-origin-opener-policy: same-origin", "cross-origin-resource-policy: same-origin")
                .doesNotContain("no-store").doesNotContain("access-control");
        assertThat(ask(server, "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404").contains("x-content-type-options: nosniff", "cache-control: no-store");
    }

    @Test
    void refuses_before_any_route_as_a_problem_that_says_why() throws Exception {
        var server = server(PATIENT);
        assertRefused(ask(server, "GET /own HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421);
        assertRefused(ask(server, "GET /own HTTP/1.1\r\n\r\n"), 421);
        assertRefused(ask(server, "GET /own HTTP/1.0\r\n\r\n"), 421);
        assertRefused(ask(server, "GET /own HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"), 421);
        assertRefused(ask(server, "GET http://evil.example/own HTTP/1.1\r\nHost: localhost\r\n\r\n"), 421);
        assertRefused(ask(server, "POST /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n\r\n"), 403);
        assertRefused(ask(server, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"), 415);
        assertRefused(ask(server, "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"), 414);
        assertRefused(ask(server, "GET / HTTP/1.1\r\nHost: localhost\r\nx: " + "x".repeat(17_000) + "\r\n\r\n"), 431);
        assertRefused(ask(server, "GET / HTTP/1.1\r\nHost: localhost\r\n" + "x: y\r\n".repeat(100) + "\r\n"), 431);
        assertRefused(ask(server, "GET / HTTP/1.1\r\nHo st: localhost\r\n\r\n"), 400);
        assertRefused(ask(server, "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + JSON
                + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nno number\r\n"), 400);
        assertRefused(ask(server, "\u0016\u0003\u0001 hello\r\n\r\n"), 400);
        assertThat(refused).containsExactly("other-host", "other-host", "other-host", "other-host", "other-host",
                "other-site", "no-json", "long-line", "large-header", "large-header", "no-request", "no-request",
                "no-request");
        assertThat(FrontDoor.reasons()).containsAll(refused);
    }

    /** Else what one caller sends as a body would be another's request to whoever stands in front. */
    @Test
    void a_request_whose_end_can_be_read_in_two_ways_is_none() throws Exception {
        var server = server(PATIENT);
        for (var lengths : List.of("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length: 2, 3\r\n", "Content-Length: -2\r\n",
                "Content-Length: +2\r\n", "Transfer-Encoding : chunked\r\n")) {
            assertRefused(ask(server, "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + JSON + lengths
                    + "\r\n2\r\n{}\r\n0\r\n\r\nGET /own HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400);
        }
    }

    @Test
    void answers_a_refusal_although_the_rest_of_a_large_body_is_still_to_come() throws Exception {
        var body = "x".repeat(5_000_000);
        assertRefused(ask(server(PATIENT), "POST /echo HTTP/1.1\r\nHost: evil.example\r\n" + JSON
                + "Content-Length: " + body.length() + "\r\n\r\n" + body), 421);
    }

    /** A route that refuses by what it read first: its caller sends on until it hears so. */
    @Test
    void answers_of_routes_arrive_although_the_rest_of_a_large_body_is_still_to_come() throws Exception {
        var server = server(PATIENT);
        var body = "x".repeat(5_000_000);
        var head = "POST /early HTTP/1.1\r\nHost: localhost\r\n" + JSON + "Content-Length: " + body.length() + "\r\n";
        for (int i = 0; i < 20; i++) {
            assertThat(ask(server, head + "Connection: close\r\n\r\n" + body)).startsWith("HTTP/1.1 403")
                    .endsWith("early");
        }
        var socket = connect(server);
        for (int i = 0; i < 3; i++) {
            send(socket, head + "\r\n" + body);
            awaitText(socket, "early");
        }
    }

    @Test
    void a_caller_that_was_answered_cannot_send_for_ever() throws Exception {
        var socket = connect(server(PATIENT));
        send(socket, "POST /early HTTP/1.1\r\nHost: localhost\r\n" + JSON
                + "Content-Length: 2\r\nConnection: close\r\n\r\n{");
        awaitText(socket, "early");
        assertThat(socket.getInputStream().read()).as("nothing else is said").isEqualTo(-1);
        await("the connection is given up").atMost(PATIENCE).until(() -> {
            try {
                send(socket, " ");
                return false;
            } catch (IOException closed) {
                return true;
            }
        });
    }

    @Test
    void answers_requests_in_their_order_also_where_a_later_one_is_refused() throws Exception {
        var answers = ask(server(PATIENT), "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /own HTTP/1.1\r\nHost: evil.example\r\n\r\nGET /own HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 200").contains("slow").containsOnlyOnce("HTTP/1.1 421")
                .doesNotContain("\r\n\r\nown");
        assertThat(answers.indexOf("slow")).isLessThan(answers.indexOf("HTTP/1.1 421"));
    }

    @Test
    void goes_on_reading_after_a_request_that_waited_for_its_turn_and_was_answered_at_once() throws Exception {
        var socket = connect(server(PATIENT));
        for (int i = 0; i < 5; i++) {
            send(socket, "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\nGET /own HTTP/1.1\r\nHost: localhost\r\n\r\n");
            awaitText(socket, "slow");
            awaitText(socket, "own");
        }
    }

    private static void awaitText(Socket socket, String text) throws IOException {
        var seen = new StringBuilder();
        while (!seen.toString().endsWith(text)) {
            int next = socket.getInputStream().read();
            assertThat(next).as("what came before the end: %s", seen).isNotNegative();
            seen.append((char) next);
        }
    }

    @Test
    void gives_up_half_a_header_half_a_body_and_a_connection_that_says_nothing() throws Exception {
        var heads = server(DoorSettings.DEFAULTS.withTimes(SHORT, LONG, LONG));
        assertRefused(ask(heads, "GET /own HTTP/1.1\r\nHost: local"), 408);
        assertRefused(ask(heads, "G"), 408);
        var bodies = server(DoorSettings.DEFAULTS.withTimes(LONG, SHORT, LONG));
        assertRefused(ask(bodies, "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + JSON + "Content-Length: 9\r\n\r\n{"),
                408);
        assertRefused(ask(bodies, "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + JSON
                + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"), 408);
        assertThat(ask(bodies, "POST /unread HTTP/1.1\r\nHost: localhost\r\n" + JSON + "Content-Length: 9\r\n\r\n{"))
                .as("who has the answer is told no more").startsWith("HTTP/1.1 404").doesNotContain("408");
        assertThat(ask(server(DoorSettings.DEFAULTS.withTimes(LONG, LONG, SHORT)), "")).isEmpty();
    }

    @Test
    void lets_an_answer_take_longer_than_any_request_may() throws Exception {
        var server = server(DoorSettings.DEFAULTS.withTimes(SHORT, SHORT, SHORT));
        assertThat(ask(server, "GET /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("step 0").contains("step 9");
    }

    @Test
    void takes_many_small_requests_on_one_connection() throws Exception {
        var server = server(DoorSettings.DEFAULTS.withTimes(SHORT, SHORT, LONG));
        var one = "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + JSON + "Content-Length: 2\r\n\r\n{}";
        assertThat(ask(server, one.repeat(50) + one.replace("Host", "Connection: close\r\nHost")).split("HTTP/1.1 200"))
                .hasSize(52);
    }

    @Test
    void lets_a_caller_ask_whether_to_send_its_body() throws Exception {
        var server = server(PATIENT);
        var asking = "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n";
        var socket = connect(server);
        send(socket, asking + JSON + "\r\n");
        assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.ISO_8859_1))
                .startsWith("HTTP/1.1 100 Continue");
        send(socket, "{}");
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                .contains("HTTP/1.1 200").endsWith("{}");
        assertRefused(ask(server, asking + "\r\n"), 415);
    }

    @Test
    void closes_connections_beyond_the_bounds_and_takes_others_when_some_are_gone(CapturedOutput log) throws Exception {
        for (var settings : List.of(PATIENT.withConnections(3, 100), PATIENT.withConnections(100, 3))) {
            var server = server(settings);
            var open = new ArrayList<Socket>();
            for (int i = 0; i < 3; i++) {
                open.add(connect(server));
                send(open.getLast(), "GET /own HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(open.getLast().getInputStream().read()).isEqualTo('H');
            }
            assertThat(ask(server, "GET /own HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEmpty();
            open.getFirst().close();
            await().atMost(PATIENCE).until(() -> ask(server,
                    "GET /own HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").endsWith("own"));
        }
        assertThat(log).contains("launch.http.connections-max = 3").contains("launch.http.address-connections-max = 3");
        assertThat(refused).isNotEmpty().containsOnly("connections");
    }

    @Test
    void a_client_that_hangs_up_is_no_error(CapturedOutput log) throws Exception {
        var server = server(PATIENT);
        for (var half : List.of("GET /ow",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + JSON + "Content-Length: 9\r\n\r\n{",
                "GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /own HTTP/1.1\r\nHost: evil.example\r\n\r\n")) {
            var socket = connect(server);
            send(socket, half);
            if (half.contains("endless")) {
                assertThat(socket.getInputStream().readNBytes(2_000)).hasSize(2_000);
            }
            socket.setSoLinger(true, 0);
            socket.close();
        }
        assertThat(ask(server, "GET /own HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).endsWith("own");
        assertThat(log.getAll()).doesNotContain("ERROR").doesNotContain("WARN").doesNotContain("\tat ");
    }

    private static void assertRefused(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("content-type: application/problem+json")
                .contains("connection: close").contains("x-content-type-options: nosniff")
                .contains("\"status\":" + status + ",").endsWith("\"errors\":[]}");
    }

    private DisposableServer server(DoorSettings settings) {
        var server = new FrontDoor("127.0.0.1", settings, _ -> true, refused::add)
                .guard(HttpServer.create().host("127.0.0.1").port(0)
                        .route(routes -> routes
                                .get("/own",
                                        (_, response) -> response.header("cache-control", "max-age=60")
                                                .sendString(Mono.just("own")))
                                .get("/slow", (_, response) -> response.sendString(
                                        Mono.just("slow").delayElement(Duration.ofMillis(200))))
                                .get("/stream", (_, response) -> response.sendString(Flux.range(0, 10)
                                        .delayElements(Duration.ofMillis(100)).map(step -> "step " + step + "\n")))
                                .get("/endless",
                                        (_, response) -> response.sendString(Flux.interval(Duration.ofMillis(5))
                                                .onBackpressureDrop().map(step -> "x".repeat(500))))
                                .post("/early",
                                        (_, response) -> response.status(403).sendString(Mono.just("early")))
                                .post("/echo", (request, response) -> response.sendString(
                                        request.receive().asString().reduce("", String::concat)))))
                .bindNow();
        servers.add(server);
        return server;
    }

    private Socket connect(DisposableServer server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Everything that comes back until the server closes the connection. */
    private String ask(DisposableServer server, String text) throws IOException {
        try (var socket = connect(server)) {
            send(socket, text);
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketException closedUnread) {
            return "";
        }
    }
}
