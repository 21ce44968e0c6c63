package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.OtherBodies;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.http.PeerAddresses;
import io.campaignlauncher.access.http.TracedRequests;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.frontdoor.DoorSettings;
import io.campaignlauncher.frontdoor.FrontDoor;
import io.campaignlauncher.job.InMemoryCredentials;
import io.campaignlauncher.job.media.TestMedia;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One instance of the service with the routes of images and videos alone, behind the front door, over connections. Each answer is compared
 * with its description.
 */
final class MediaService implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final TestMedia media;
    volatile Principal asking = Principal.LOCAL_OPERATOR;
    private final DisposableServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param bodyPatience how long whoever sends a body may take */
    MediaService(DataSource dataSource, InMemoryCredentials credentials, TestMedia media, Duration bodyPatience) {
        this.media = media;
        var audited = new AuditedChanges(new Audit(JdbcClient.create(dataSource), AuditConfiguration.TABLE)::note,
                new Callers("secret", new PeerAddresses(List.of())), PATIENCE);
        var routes = new MediaRoutesConfiguration().mediaRoutes(media.images, media.videos, media.files, credentials,
                Mono::empty, audited, media.settings, HttpSettings.defaults(), media.meters);
        WebFilter who = (exchange, chain) -> chain
                .filter(exchange.mutate().principal(Mono.just(new PrincipalToken(asking))).build());
        OtherBodies bodies = MediaRoutes.BODIES;
        var door = new FrontDoor("127.0.0.1", DoorSettings.DEFAULTS.withTimes(PATIENCE, bodyPatience, PATIENCE),
                bodies.at().negate(), _ -> {});
        server = door.guard(HttpServer.create().host("127.0.0.1").port(0))
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes,
                        HandlerStrategies.builder().webFilter(new TracedRequests()).webFilter(who).build())))
                .bindNow();
    }

    record Answer(int status, JsonNode body, Map<String, List<String>> headers) {

        String text(String... path) {
            var node = body;
            for (var name : path) {
                node = name.matches("\\d+") ? node.path(Integer.parseInt(name)) : node.path(name);
            }
            return node.asString("");
        }
    }

    CompletableFuture<Answer> sending(String method, String path, String type, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).timeout(PATIENCE)
                .method(method, body.length == 0 && method.equals("GET") ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(body));
        if (!method.equals("GET")) {
            request.header("content-type", type);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .thenApply(response -> described(method, path, response));
    }

    private static Answer described(String method, String path, HttpResponse<byte[]> response) {
        HttpApi.DESCRIBED.check(method, path.replaceAll("\\?.*", ""), response.statusCode(),
                response.headers().firstValue("content-type").orElse(null), response.body());
        return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()),
                response.headers().map());
    }

    Answer send(String method, String path, String type, byte[] body) {
        return sending(method, path, type, body).join();
    }

    Answer get(String path) {
        return send("GET", path, "", new byte[0]);
    }

    Answer image(String query, byte[] body) {
        return send("POST", "/v1/media/images?" + query, "application/octet-stream", body);
    }

    Answer post(String path, Map<String, Object> body) {
        return send("POST", path, "application/json", JsonMapper.shared().writeValueAsBytes(body));
    }

    Answer chunk(String adAccountId, String sha256, long offset, byte[] body) {
        return send("PUT", "/v1/media/videos/" + adAccountId + "/" + sha256 + "?credentialId=default&offset="
                + offset, "application/octet-stream", body);
    }

    /** A connection on which this much of a request was sent. */
    Socket connected(String head, byte[] body) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        return socket;
    }

    @Override
    public void close() throws Exception {
        server.disposeNow(Duration.ofSeconds(1));
        client.close();
        media.close();
    }
}
