package io.campaignlauncher.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The HTTP API of the system under measurement. */
final class Api implements AutoCloseable {

    static final int OK = 200;
    static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Api(URI address) {
        this.address = address;
    }

    /** @return the access token */
    String logIn(String name, String password) throws IOException, InterruptedException {
        return post("/api/auth/login", Map.of("username", name, "password", password), null, OK).path("accessToken")
                .asString();
    }

    /** @throws IllegalStateException where it is answered with another status */
    JsonNode post(String path, Map<String, ?> body, @Nullable String token, int status)
            throws IOException, InterruptedException {
        return expect(status, client.send(posting(path, body, token), HttpResponse.BodyHandlers.ofString()));
    }

    /** @throws IllegalStateException where it is refused */
    JsonNode get(String path, @Nullable String token) throws IOException, InterruptedException {
        return expect(OK, client.send(request(path, token).build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** @return nothing where there is nothing */
    JsonNode look(String path) throws IOException, InterruptedException {
        var answer = client.send(request(path, null).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == NOT_FOUND ? MissingNode.getInstance() : expect(OK, answer);
    }

    /** @throws IllegalStateException where it is not accepted */
    void put(String path, Map<String, ?> body) throws IOException, InterruptedException {
        expect(ACCEPTED, client.send(request(path, null).header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))).build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    /** How many its answer has. @throws IllegalStateException where it is refused, or leads elsewhere */
    int bytes(String path) throws IOException, InterruptedException {
        var answer = client.send(request(path, null).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != OK) {
            throw new IllegalStateException(path + " is answered with " + answer.statusCode());
        }
        return answer.body().length;
    }

    /** @return the status, once it is there */
    CompletableFuture<Integer> postLater(String path, Map<String, ?> body, @Nullable String token) {
        return client.sendAsync(posting(path, body, token), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    private HttpRequest posting(String path, Map<String, ?> body, @Nullable String token) {
        return request(path, token).header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))).build();
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    private static JsonNode expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.uri().getPath() + " is answered with " + answer.statusCode() + " "
                    + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
