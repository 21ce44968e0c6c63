package io.campaignlauncher.tools.launch;

import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.events.OperationRefused;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The HTTP API of a job-service. Everything that is asked here may be asked again, so that a lost answer, and a service that has no room,
 * is met by asking again for a while.
 */
public final class ServiceApi implements AutoCloseable {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(3);
    private static final int TRIES_MAX = 6;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);
    private static final String JSON = "application/json";

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
    private final URI base;
    private final @Nullable String token;

    /** @param token an access token or an API key; null: whoever this machine is */
    public ServiceApi(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /** An answer that says yes, or one that the caller said it knows. */
    public record Answer(int status, JsonNode body) {}

    public Answer get(String path) throws InterruptedException {
        return ask("GET", path, Map.of(), JSON, HttpRequest.BodyPublishers::noBody, Set.of());
    }

    /** Sends bytes as they are. @param body asked for once for every try */
    public Answer send(String method, String path, Map<String, String> query, Supplier<BodyPublisher> body,
            Set<Integer> known) throws InterruptedException {
        return ask(method, path, query, "application/octet-stream", body, known);
    }

    public Answer post(String path, Map<String, Object> body) throws InterruptedException {
        var bytes = JsonMapper.shared().writeValueAsBytes(body);
        return ask("POST", path, Map.of(), JSON, () -> HttpRequest.BodyPublishers.ofByteArray(bytes), Set.of());
    }

    /**
     * @param known statuses that are no failure
     * @throws OperationRefused for every other answer than yes, with what the service says against it
     */
    private Answer ask(String method, String path, Map<String, String> query, String type,
            Supplier<BodyPublisher> body, Set<Integer> known) throws InterruptedException {
        for (int tried = 1;; tried++) {
            HttpResponse<byte[]> response;
            try {
                response = client.send(request(method, path, query, type, body.get()), BodyHandlers.ofByteArray());
            } catch (IOException e) {
                if (tried == TRIES_MAX) {
                    throw new OperationRefused(base + " does not answer: " + PlainText.oneLine(String.valueOf(
                            e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())));
                }
                Thread.sleep(pause(null, tried));
                continue;
            }
            var answer = new Answer(response.statusCode(), json(response.body()));
            if (answer.status() / 100 == 2 || known.contains(answer.status())) {
                return answer;
            }
            if (!LATER.contains(answer.status()) || tried == TRIES_MAX) {
                throw refused(answer);
            }
            Thread.sleep(pause(response, tried));
        }
    }

    private HttpRequest request(String method, String path, Map<String, String> query, String type,
            BodyPublisher body) {
        var asked = query.entrySet().stream().map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
        var request = HttpRequest.newBuilder(base.resolve(path + asked)).timeout(ANSWER_MAX)
                .header("content-type", type).method(method, body);
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return request.build();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As long as the service says, or longer each time. */
    private static Duration pause(@Nullable HttpResponse<byte[]> response, int tried) {
        var own = PAUSE.multipliedBy(1L << (tried - 1));
        var said = response == null ? own
                : response.headers().firstValue("retry-after").filter(text -> text.matches("\\d{1,4}"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text))).orElse(own);
        return said.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : said;
    }

    private static JsonNode json(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static OperationRefused refused(Answer answer) {
        var mistakes = answer.body().path("errors").valueStream()
                .map(one -> "\n  " + PlainText.oneLine(one.path("field").asString("") + ": "
                        + one.path("message").asString("")))
                .collect(Collectors.joining());
        return new OperationRefused(PlainText.oneLine(answer.body().path("title").asString("the service answers with "
                + answer.status()) + " " + answer.body().path("detail").asString("")).strip() + mistakes);
    }

    @Override
    public void close() {
        client.close();
    }
}
