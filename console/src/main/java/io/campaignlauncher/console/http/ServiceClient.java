package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.telemetry.TraceSpan;
import io.netty.channel.ChannelOption;
import io.opentelemetry.api.trace.SpanKind;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another service, asked over its HTTP API as any app asks it. What is no success is a {@link ServiceProblem}, and so is no answer.
 */
final class ServiceClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
    /** The front door gives a body half a minute. */
    private static final Duration UPLOAD_MAX = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS_MAX = 3_000;
    /** A history holds the request of its launch, and what became of each of a thousand ads. */
    private static final int BYTES_MAX = 32 * 1024 * 1024;

    /** Longer than a stream is ever silent: it has a sign of life every some seconds. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    private final WebClient client;
    /** For answers that take long: they take no connection from pages. */
    private final WebClient flowing;
    /** For bytes that are there once: they are sent over a connection that nothing retries. */
    private final WebClient uploads;
    private final URI base;
    private final String name;

    /** @param name of the service, for people */
    ServiceClient(URI base, String name, ReactorResourceFactory resources) {
        this(base, name, HttpClient.create(resources.getConnectionProvider()), resources);
    }

    private ServiceClient(URI base, String name, HttpClient http, ReactorResourceFactory resources) {
        this.client = client(http, resources);
        this.flowing = client(HttpClient.newConnection().responseTimeout(SILENCE_MAX), resources);
        this.uploads = client(HttpClient.create(resources.getConnectionProvider()).disableRetry(true), resources);
        this.base = base;
        this.name = name;
    }

    private static WebClient client(HttpClient http, ReactorResourceFactory resources) {
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http.runOn(resources.getLoopResources())
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(BYTES_MAX)).build();
    }

    /** Sends nothing twice: each request has a connection of its own, so none ends under it for being old. */
    static ServiceClient sendingOnce(URI base, String name, ReactorResourceFactory resources) {
        return new ServiceClient(base, name,
                HttpClient.create(ConnectionProvider.newConnection()).disableRetry(true), resources);
    }

    Mono<JsonNode> send(Call call) {
        return send(call, null);
    }

    /** @param token of whoever asks; null: none */
    Mono<JsonNode> send(Call call, @Nullable String token) {
        return send(call, token, ANSWER_MAX);
    }

    Mono<JsonNode> send(Call call, @Nullable String token, Duration answerMax) {
        return traced(call, place -> request(client, call, token, place).exchangeToMono(this::read)
                .timeout(answerMax).onErrorMap(this::failed));
    }

    /**
     * An answer as it comes, however long it takes.
     *
     * @param taken reads its body, or ends it; the connection is closed where it is cancelled, and after a minute in which nothing
     *     came or was taken
     */
    Mono<Void> pass(Call call, @Nullable String token, Function<ClientResponse, Mono<Void>> taken) {
        return traced(call, place -> request(flowing, call, token, place)
                .exchangeToMono(response -> response.statusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)
                        ? read(response).then() : taken.apply(response))
                .onErrorMap(this::failed));
    }

    /** @param sent with the place in the trace; null: none */
    private <T> Mono<T> traced(Call call, Function<@Nullable String, Mono<T>> sent) {
        return Mono.deferContextual(context -> {
            var span = TraceSpan.of(context).next(call.method() + " " + name, SpanKind.CLIENT);
            return span.around(sent.apply(span.traceparent()));
        });
    }

    private WebClient.RequestHeadersSpec<?> request(WebClient by, Call call, @Nullable String token,
            @Nullable String place) {
        var request = bare(by, call, token, place);
        var body = call.body();
        return body == null ? request
                : request.contentType(MediaType.APPLICATION_JSON).bodyValue(JSON.writeValueAsBytes(body));
    }

    private WebClient.RequestBodySpec bare(WebClient by, Call call, @Nullable String token, @Nullable String place) {
        return by.method(call.method()).uri(address(call.path(), call.query(), call.variables().toArray()))
                .headers(headers -> {
                    call.headers().forEach(headers::set);
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                    if (place != null) {
                        headers.set(TraceSpan.TRACEPARENT, place);
                    }
                });
    }

    /** Has bytes pass on to the service as they come. Nothing of them is kept, so they are sent once. */
    Mono<JsonNode> upload(Call call, @Nullable String token, FormWithFile.Upload file) {
        return traced(call, place -> bare(uploads, call, token, place)
                .contentType(MediaType.APPLICATION_OCTET_STREAM).contentLength(file.length())
                .body(BodyInserters.fromDataBuffers(file.content()))
                .exchangeToMono(this::read).timeout(UPLOAD_MAX).onErrorMap(this::failed));
    }

    /** What callers sent stands in no path or query but encoded. */
    private URI address(String path, Map<String, String> query, Object... variables) {
        var address = UriComponentsBuilder.fromUri(base).path(path);
        query.forEach((key, value) -> address.queryParam(key, "{" + key + "}"));
        var values = new ArrayList<Object>(List.of(variables));
        values.addAll(query.values());
        return address.encode().buildAndExpand(values.toArray()).toUri();
    }

    private Mono<JsonNode> read(ClientResponse response) {
        return response.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map(body -> {
            var read = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            if (response.statusCode().is2xxSuccessful()) {
                return read;
            }
            throw new ServiceProblem(Problem.of(response.statusCode().value(), read),
                    response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER));
        });
    }

    private Throwable failed(Throwable error) {
        return switch (error) {
            case ServiceProblem problem -> problem;
            case WebClientException sending when sending.getCause() instanceof ServiceProblem problem -> problem;
            case WebClientException _,TimeoutException _,JacksonException _ ->
                ServiceProblem.away(name, !neverLeft(error));
            default -> error;
        };
    }

    private static boolean neverLeft(Throwable error) {
        return error.getCause() instanceof ConnectException || error.getCause() instanceof UnknownHostException;
    }

    /** Whether it takes requests. */
    Mono<Boolean> isReady() {
        return client.get().uri(address("/actuator/health/readiness", Map.of())).exchangeToMono(
                response -> response.releaseBody().thenReturn(response.statusCode().is2xxSuccessful()))
                .timeout(ANSWER_MAX).onErrorReturn(false);
    }

    String name() {
        return name;
    }
}
