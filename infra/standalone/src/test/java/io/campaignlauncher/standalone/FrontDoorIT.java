package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.messaging.ManagementPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Every route of every HTTP server here, each with every odd request: prints a table of the statuses. */
@OnRunningSystem
@ExtendWith(OutputCaptureExtension.class)
class FrontDoorIT {

    private static final int ANY_BUT_A_DEFECT = 0;
    private static final List<String> WITH_BODY = List.of("POST", "PUT");
    private static final List<String> FURTHER_ROUTES = List.of("GET /api/campaigns", "POST /api/campaigns",
            "GET /t/00000000-0000-4000-8000-000000000000", "GET /docs/start.js",
            "GET /webjars/swagger-ui/swagger-ui.css", "GET /actuator/health", "GET /actuator/nothing", "GET /nothing",
            "POST /nothing", "GET /v1/nothing", "DELETE /v1/jobs", "PATCH /v1/jobs", "OPTIONS /v1/jobs",
            "HEAD /v1/jobs");
    private static final List<String> SIMULATOR_ROUTES = List.of("GET state", "GET campaigns", "GET objects",
            "DELETE objects",
            "GET counters", "GET requests", "GET faults", "POST faults", "DELETE faults", "POST accounts",
            "GET nothing");
    private static final String JSON = "application/json";
    private static final List<String> SECURITY = List.of("x-content-type-options: nosniff", "cache-control: ",
            "content-security-policy: ", "frame-ancestors 'none'", "referrer-policy: no-referrer",
            "cross-origin-opener-policy: same-origin", "cross-origin-resource-policy: same-origin");
    private static final Map<String, Odd> KINDS = kinds();

    private final RunningSystem system;

    FrontDoorIT(RunningSystem system) {
        this.system = system;
    }

    /** @param path as it is asked for */
    private record Route(int port, String method, String path, String name) {

        boolean changes() {
            return !List.of("GET", "HEAD", "OPTIONS").contains(method);
        }

        boolean hasBody() {
            return WITH_BODY.contains(method);
        }

        boolean isGraph() {
            return path.startsWith("/v24.0");
        }

        boolean takesFiles() {
            return path.startsWith("/v1/files") || takesMedia();
        }

        private boolean takesMedia() {
            return path.startsWith("/v1/media/images") || path.startsWith("/v1/media/videos/");
        }

        /** Of a body as it should be. */
        String type() {
            return takesMedia() ? "application/octet-stream" : takesFiles() ? "text/csv" : JSON;
        }
    }

    /**
     * @param status  that is right; {@link #ANY_BUT_A_DEFECT}: what the route says
     * @param address the rest of the request line; {@code PATH} stands for the path
     * @param headers lines; {@code OWN} stands for host and port
     */
    private record Odd(int status, Predicate<Route> where, String address, String headers) {}

    private static Map<String, Odd> kinds() {
        var kinds = new LinkedHashMap<String, Odd>();
        var type = "content-type: " + JSON + "\r\n";
        kinds.put("as it should be", new Odd(0, _ -> true, "PATH HTTP/1.1", "Host: OWN\r\n" + type));
        kinds.put("Host localhost", new Odd(0, _ -> true, "PATH HTTP/1.1", "Host: localhost\r\n" + type));
        kinds.put("own absolute address", new Odd(0, route -> !route.isGraph(), "http://OWNPATH HTTP/1.1",
                "Host: OWN\r\n" + type));
        kinds.put("no Host", new Odd(421, _ -> true, "PATH HTTP/1.1", type));
        kinds.put("HTTP/1.0, no Host", new Odd(421, _ -> true, "PATH HTTP/1.0", type));
        kinds.put("other Host", new Odd(421, _ -> true, "PATH HTTP/1.1", "Host: evil.example\r\n" + type));
        kinds.put("two Hosts", new Odd(421, _ -> true, "PATH HTTP/1.1", "Host: OWN\r\nHost: OWN\r\n" + type));
        kinds.put("Host with user", new Odd(421, _ -> true, "PATH HTTP/1.1", "Host: evil@OWN\r\n" + type));
        kinds.put("other absolute address", new Odd(421, _ -> true, "http://evil.examplePATH HTTP/1.1",
                "Host: OWN\r\n" + type));
        kinds.put("no address", new Odd(400, _ -> true, "evil HTTP/1.1", "Host: OWN\r\n" + type));
        kinds.put("long address", new Odd(414, route -> !route.path().startsWith("/_simulator") && !route.isGraph(),
                "PATH?" + "x".repeat(9_000) + " HTTP/1.1", "Host: OWN\r\n" + type));
        kinds.put("101 fields",
                new Odd(431, _ -> true, "PATH HTTP/1.1", "Host: OWN\r\n" + "x: y\r\n".repeat(100) + type));
        kinds.put("own Origin", new Odd(0, _ -> true, "PATH HTTP/1.1",
                "Host: OWN\r\nOrigin: http://OWN\r\nSec-Fetch-Site: same-origin\r\n" + type));
        for (var origin : List.of("https://evil.example", "null", "http://localhost:3000")) {
            kinds.put("Origin " + origin, new Odd(403, Route::changes, "PATH HTTP/1.1",
                    "Host: OWN\r\nOrigin: " + origin + "\r\n" + type));
        }
        for (var site : List.of("cross-site", "same-site")) {
            kinds.put("Sec-Fetch-Site " + site, new Odd(403, Route::changes, "PATH HTTP/1.1",
                    "Host: OWN\r\nSec-Fetch-Site: " + site + "\r\n" + type));
        }
        for (var bad : List.of("", "json", "application\\json", "application/json, application/json", "*/*",
                "application/*",
                "application/*+json", "text/plain", "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-99", "application/json; charset=iso-8859-1")) {
            kinds.put("content-type " + (bad.isEmpty() ? "none" : bad),
                    new Odd(415, route -> route.hasBody() && !route.isGraph(),
                            "PATH HTTP/1.1", "Host: OWN\r\n" + (bad.isEmpty() ? "" : "content-type: " + bad + "\r\n")));
        }
        for (var good : List.of("application/json;", "application/json; charset=UTF-8", "application/problem+json")) {
            kinds.put("content-type " + good,
                    new Odd(0, route -> route.hasBody() && !route.takesFiles(), "PATH HTTP/1.1",
                            "Host: OWN\r\ncontent-type: " + good + "\r\n"));
        }
        for (var header : List.of("Accept: application\\json", "Accept: json", "Accept-Language: ???", "Range: x",
                "If-Modified-Since: x", "If-None-Match: x", "Last-Event-ID: x", "traceparent: x", "Cookie: =;=",
                "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example", "Idempotency-Key: \u00e9")) {
            kinds.put(header, new Odd(0, _ -> true, "PATH HTTP/1.1", "Host: OWN\r\n" + header + "\r\n" + type));
        }
        for (var query : List.of("userId=%00", "at=%00", "after=%00&limit=%00&status=%00", "%", "userId=%C3%28",
                "at=%2B999999999-12-31T23:59:59Z", "at=-999999999-01-01T00:00:00Z", "after=9223372036854775807")) {
            kinds.put("?" + query, new Odd(0, _ -> true, "PATH?" + query + " HTTP/1.1", "Host: OWN\r\n" + type));
        }
        // Below a route that takes files no other does.
        kinds.put("/%00", new Odd(0, route -> !route.takesFiles(), "PATH/%00 HTTP/1.1", "Host: OWN\r\n" + type));
        return kinds;
    }

    @Test
    void judges_every_request_before_its_route_and_survives_every_header(CapturedOutput log) {
        var page = new ManagementPage("127.0.0.1", 0, Map.of());
        page.start();
        try {
            var wrong = new ArrayList<String>();
            var routes = routes(page.port()).toList();
            var table = new StringBuilder("| request | is to be | answers, and of how many routes |\n|---|---|---|\n");
            KINDS.forEach((kind, odd) -> {
                var counts = routes.stream().filter(odd.where()).collect(Collectors.groupingBy(
                        route -> asked(route, kind, odd, wrong), TreeMap::new, Collectors.counting()));
                table.append("| `").append(kind).append("` | ")
                        .append(odd.status() == ANY_BUT_A_DEFECT ? "let in" : odd.status()).append(" | ")
                        .append(counts.entrySet().stream().map(count -> count.getKey() + " x " + count.getValue())
                                .collect(Collectors.joining(", ")))
                        .append(" |\n");
            });
            System.out.println(routes.size() + " routes\n" + table);
            assertThat(wrong).isEmpty();
        } finally {
            page.stop();
        }
        // Other parts of the system may have their own troubles meanwhile.
        assertThat(log.getAll().lines().filter(line -> line.contains(" ERROR ")
                && Stream.of("netty", "http", "web").anyMatch(line::contains))).isEmpty();
    }

    private Stream<Route> routes(int managementPort) {
        int api = system.standalone().api().getPort();
        int simulator = system.simulator().baseUrl().getPort();
        return Stream.of(
                Stream.concat(HttpApi.DESCRIBED.operations().stream(), FURTHER_ROUTES.stream())
                        .map(name -> route(api, name)),
                SIMULATOR_ROUTES.stream().map(name -> route(simulator, name.replace(" ", " /_simulator/"))),
                Stream.of("GET /v24.0/act_1001", "POST /v24.0/act_1001/campaigns").map(name -> route(simulator, name)),
                Stream.of(ManagementPage.METRICS, ManagementPage.LIVENESS, ManagementPage.READINESS, "/nothing")
                        .map(path -> new Route(managementPort, "GET", path, "worker: GET " + path)))
                .flatMap(each -> each);
    }

    private static Route route(int port, String name) {
        var parts = name.split(" ");
        var path = parts[1].replace("{jobId}", "00000000-0000-3000-8000-000000000000").replace("{name}", "intake")
                .replace("{credentialId}", "door").replace("{webhookId}", "00000000-0000-4000-8000-000000000000")
                .replace("{sha256}", "0".repeat(64)).replace("{adAccountId}", "act_1001")
                .replace("{topic}", "campaign.commands").replace("{partition}", "0").replace("{offset}", "0")
                .replace("{fingerprint}", "b9f79f3f19d762a2");
        assertThat(path).doesNotContain("{");
        return new Route(port, parts[0], path, name);
    }

    /** @return the status; 0 where there is no answer */
    private static int asked(Route route, String kind, Odd odd, List<String> wrong) {
        var own = "127.0.0.1:" + route.port();
        var text = route.method() + " " + odd.address().replace("OWN", own).replace("PATH", route.path()) + "\r\n"
                + odd.headers().replace("OWN", own).replace("content-type: " + JSON + "\r\n",
                        "content-type: " + route.type() + "\r\n")
                + "Connection: close\r\n"
                + (route.hasBody() ? "Content-Length: 2\r\n\r\n{}" : "\r\n");
        var answer = answer(route.port(), text);
        int status = answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
        if (odd.status() == ANY_BUT_A_DEFECT ? status == 0 || status >= 500 || List.of(403, 415, 421).contains(status)
                : status != odd.status()) {
            wrong.add(route.name() + " with " + kind + " -> " + status);
        }
        var head = answer.split("\r\n\r\n")[0].toLowerCase(Locale.ROOT);
        var missing = SECURITY.stream().filter(line -> !head.contains(line)).collect(Collectors.toList());
        if (!missing.isEmpty() || head.contains("access-control-allow")) {
            wrong.add(route.name() + " with " + kind + " lacks " + missing + " or allows other origins:\n" + head);
        }
        return status;
    }

    /** Everything until the server closes, or until no more comes of an answer that is complete. */
    private static String answer(int port, String text) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(text.lines().findFirst().orElse(""), e);
        }
    }
}
