package io.campaignlauncher.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who asks the HTTP API. @param token null: says not who it is */
record DemoPerson(HttpClient client, URI api, @Nullable String token) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONFLICT = 409;

    /** @throws IOException with what the API says, where it refuses */
    JsonNode ask(String path) throws IOException, InterruptedException {
        return accepted(path, send(request(path).GET()));
    }

    /** @throws IOException with what the API says, where it refuses */
    JsonNode ask(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return accepted(path, send(posted(path, body)));
    }

    /** Makes what may have been made before. */
    void make(String path, Map<String, ?> body) throws IOException, InterruptedException {
        var answer = send(posted(path, body));
        if (answer.statusCode() != CONFLICT) {
            accepted(path, answer);
        }
    }

    DemoPerson loggedIn(String name, String password) throws IOException, InterruptedException {
        var tokens = ask("/api/auth/login", Map.of("username", name, "password", password));
        return new DemoPerson(client, api, tokens.path("accessToken").asString());
    }

    private HttpRequest.Builder posted(String path, Map<String, ?> body) {
        return request(path).POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(api.resolve(path)).timeout(PATIENCE)
                .header("content-type", "application/json");
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode accepted(String path, HttpResponse<byte[]> answer) throws IOException {
        var body = answer.body().length == 0 ? JSON.missingNode() : JSON.readTree(answer.body());
        if (answer.statusCode() >= 300) {
            throw new IOException(path + " was answered with " + answer.statusCode() + ", "
                    + body.path("detail").asString(body.path("title").asString("no reason")));
        }
        return body;
    }

    /** Tells no token. */
    @Override
    public String toString() {
        return "DemoPerson[" + api + "]";
    }
}
