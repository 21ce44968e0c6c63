package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphMeters.Operation;
import io.campaignlauncher.graph.GraphMeters.Outcome;
import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import io.campaignlauncher.telemetry.TraceSpan;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The Graph API over any transport: builds requests, reads answers, classifies what goes wrong, counts and times, tells
 * whoever {@linkplain CallWatch watches}, and stops calling a Facebook that is down. Holds no thread and no timer of its own; answers arrive on
 * the threads of the transport, which must not be blocked.
 */
public final class HttpGraph implements Graph, AutoCloseable {

    /** Facebook's limit. */
    public static final int BATCH_OPERATIONS_MAX = 50;

    private static final Exception NO_ANSWER = new Unanswered(Reason.BROKEN, "the transport gave no answer");

    /** Changes nothing: the operators above it find Reactor's context here, and need not search the whole chain for it. */
    private static final Function<Context, Context> AT_HAND = context -> context;

    private final GraphTransport transport;
    private final String version;
    private final @Nullable CircuitBreaker breaker;
    private final GraphMeters meters;
    private final boolean traceparentSent;
    private final Duration requestTimeout;

    /**
     * @param breaker  see {@link GraphCircuitBreaker}; null: requests are always sent
     * @param registry null: nothing is measured
     */
    public HttpGraph(GraphTransport transport, GraphSettings settings, @Nullable CircuitBreaker breaker,
            @Nullable MeterRegistry registry) {
        this(transport, settings.apiVersion() + "/", breaker,
                new GraphMeters(registry == null ? new CompositeMeterRegistry() : registry),
                settings.traceparentSent(), settings.requestTimeout());
    }

    private HttpGraph(GraphTransport transport, String version, @Nullable CircuitBreaker breaker, GraphMeters meters,
            boolean traceparentSent, Duration requestTimeout) {
        this.transport = transport;
        this.version = version;
        this.breaker = breaker;
        this.meters = meters;
        this.traceparentSent = traceparentSent;
        this.requestTimeout = requestTimeout;
    }

    /** Over HTTP, with a circuit breaker. Close it to give up its connections. */
    public static HttpGraph over(GraphSettings settings, @Nullable MeterRegistry registry) {
        return new HttpGraph(new WebClientTransport(settings), settings,
                GraphCircuitBreaker.create(Clock.systemUTC()), registry);
    }

    @Override
    public HttpGraph within(Duration otherTimeout) {
        return new HttpGraph(transport, version, breaker, meters, traceparentSent, otherTimeout);
    }

    @Override
    public Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters) {
        GraphParameters.check(path, parameters);
        return single(Operation.GET, path,
                new GraphRequest(Method.GET, version + path, parameters, token, requestTimeout));
    }

    @Override
    public Mono<GraphAnswer> post(AccessToken token, String path, Map<String, String> parameters) {
        GraphParameters.check(path, parameters);
        return single(Operation.POST, path,
                new GraphRequest(Method.POST, version + path, parameters, token, requestTimeout));
    }

    @Override
    public Mono<GraphAnswer> upload(AccessToken token, String path, Map<String, String> parameters, GraphFile file) {
        GraphParameters.check(path, parameters);
        return single(Operation.UPLOAD, path,
                new GraphRequest(Method.POST, version + path, parameters, file, token, requestTimeout, false, null));
    }

    private Mono<GraphAnswer> single(Operation operation, String path, GraphRequest request) {
        return Mono.deferContextual(context -> send(operation, request,
                new SingleResponseParser(request.isWrite(), request.token()), TraceSpan.of(context),
                CallNote.of(context, request, path)))
                .map(answer -> new GraphAnswer(answer.results().getFirst(), answer.usage()));
    }

    /** @throws IllegalArgumentException with more than {@link #BATCH_OPERATIONS_MAX} operations */
    @Override
    public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
        if (operations.size() > BATCH_OPERATIONS_MAX) {
            throw new IllegalArgumentException(
                    "a batch holds at most " + BATCH_OPERATIONS_MAX + " operations, not " + operations.size());
        }
        if (operations.isEmpty()) {
            return Mono.just(new GraphBatchAnswer(List.of(), GraphUsage.NONE));
        }
        var all = List.copyOf(operations);
        return Mono.deferContextual(context -> send(Operation.BATCH,
                new GraphRequest(Method.POST, version, BatchWriter.parameters(all), null, token, requestTimeout,
                        !all.stream().allMatch(GraphOperation::isWrite), null),
                new BatchResponseParser(all, token), TraceSpan.of(context), CallNote.of(context, all)));
    }

    /** @param cause the step of the work that needs this request: it continues that one's trace */
    private Mono<GraphBatchAnswer> send(Operation operation, GraphRequest request, ResponseParser parser,
            TraceSpan cause, CallNote note) {
        if (breaker != null && !breaker.tryAcquirePermission()) {
            meters.record(operation, Outcome.CIRCUIT_OPEN, 0);
            var results = parser.failed(_ -> ErrorClassifier.circuitOpen());
            note.kept(results);
            return Mono.just(nothingSaid(results));
        }
        var span = cause.next(operation.spanName(), SpanKind.CLIENT);
        var call = new CallObservation(operation, request, meters, breaker, span, note);
        var traced = traceparentSent ? request.within(span.traceparent()) : request;
        return Mono.defer(() -> transport.exchange(traced))
                .switchIfEmpty(Mono.error(NO_ANSWER))
                .map(response -> {
                    var answer = parser.read(response);
                    call.answered(response, answer.results());
                    return answer;
                })
                .onErrorResume(error -> {
                    var results = parser
                            .failed(isWrite -> ErrorClassifier.unanswered(error, isWrite, request.token()));
                    call.unanswered(error, results);
                    return Mono.just(nothingSaid(results));
                })
                .doOnCancel(call::cancelled)
                .contextWrite(AT_HAND);
    }

    private static GraphBatchAnswer nothingSaid(List<GraphResult> results) {
        return new GraphBatchAnswer(results, GraphUsage.NONE);
    }

    @Override
    public void close() {
        transport.close();
    }
}
