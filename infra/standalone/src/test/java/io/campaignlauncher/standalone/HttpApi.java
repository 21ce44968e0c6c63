package io.campaignlauncher.standalone;

import io.campaignlauncher.testing.DescribedApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the HTTP API as any client would, and compares each answer with what the description of the API says of it. */
final class HttpApi {

    static final DescribedApi DESCRIBED = DescribedApi.of("/api/openapi.yaml");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of other services, whose calls docs/access.md and docs/marketplace.md describe. */
    private static final List<String> NOT_DESCRIBED = List.of("/api/auth/", "/.well-known/", "/api/campaigns",
            "/api/admin/", "/api/posts", "/api/wallet", "/api/channels", "/api/health/");

    private final URI base;
    private final @Nullable String bearer;

    HttpApi(URI base) {
        this(base, null);
    }

    private HttpApi(URI base, @Nullable String bearer) {
        this.base = base;
        this.bearer = bearer;
    }

    /** @param token an access token or an API key */
    HttpApi as(String token) {
        return new HttpApi(base, token);
    }

    /** @param location null where the answer has none */
    record Response(int status, JsonNode body, @Nullable String location, HttpHeaders headers) {}

    Response get(String path) {
        return send(request(path).GET());
    }

    Response put(String path, Object body) {
        return send(request(path).PUT(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    Response patch(String path, Object body) {
        return send(request(path).method("PATCH", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    Response delete(String path) {
        return send(request(path).DELETE());
    }

    Response post(String path, Object body) {
        return post(path, body, Map.of());
    }

    Response post(String path, Object body, Map<String, String> headers) {
        var request = request(path).POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        headers.forEach(request::header);
        return send(request);
    }

    /** Sends a file as it is. */
    Response upload(String path, byte[] file) {
        return send(bare(path).header("content-type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(file)));
    }

    /** Sends a part of a file as it is. */
    Response uploadChunk(String path, byte[] chunk) {
        return send(bare(path).header("content-type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(chunk)));
    }

    private HttpRequest.Builder request(String path) {
        return bare(path).header("content-type", "application/json");
    }

    private HttpRequest.Builder bare(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        return bearer == null ? request : request.header("authorization", "Bearer " + bearer);
    }

    /** An answer as it came, in whichever encoding. */
    HttpResponse<byte[]> raw(String path, Map<String, String> headers) {
        var request = request(path).GET();
        headers.forEach(request::header);
        return raw(request.build());
    }

    private static Response send(HttpRequest.Builder builder) {
        var request = builder.build();
        var response = raw(request);
        var path = request.uri().getRawPath();
        if (NOT_DESCRIBED.stream().noneMatch(path::startsWith)) {
            DESCRIBED.check(request.method(), path, response.statusCode(),
                    response.headers().firstValue("content-type").orElse(null), response.body());
        }
        return new Response(response.statusCode(),
                response.body().length == 0 ? JSON.missingNode() : JSON.readTree(response.body()),
                response.headers().firstValue("location").orElse(null), response.headers());
    }

    private static HttpResponse<byte[]> raw(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
