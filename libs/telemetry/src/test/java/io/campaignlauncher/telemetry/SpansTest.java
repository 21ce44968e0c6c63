package io.campaignlauncher.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where the spans of a process go when somebody wants them. */
class SpansTest {

    private final CountedOutcomes outcome = new CountedOutcomes();

    private final List<SpanData> exported = new CopyOnWriteArrayList<>();
    private final SpanExporter exporter = new SpanExporter() {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            exported.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    };

    @Test
    void tells_of_every_step_with_its_cause_and_of_no_message() throws Exception {
        try (var _ = Spans.exportTo(exporter, "a-service", 1)) {
            var span = TraceSpan.begin("decision", SpanKind.CONSUMER, null).about("job-1", "job-1");
            var next = span.next("graph batch", SpanKind.CLIENT);
            next.failed(new IllegalStateException("token EAA123"));
            next.end();
            span.end();
            assertThat(span.traceparent()).matches(".*-0[13]");
        }

        assertThat(exported).extracting(SpanData::getName).containsExactly("graph batch", "decision");
        assertThat(exported.getFirst().getParentSpanId()).isEqualTo(exported.getLast().getSpanId());
        assertThat(exported.getFirst().getStatus().getDescription()).isEqualTo("IllegalStateException");
        assertThat(exported.getLast().getAttributes().asMap().toString()).contains("job-1");
        assertThat(exported.getLast().getResource().getAttributes().asMap().toString()).contains("a-service");
    }

    @Test
    void makes_ids_and_tells_nobody_before_and_after() throws Exception {
        TraceSpan.begin("before", SpanKind.INTERNAL, null).end();
        Spans.exportTo(exporter, "a-service", 1).close();
        var after = TraceSpan.begin("after", SpanKind.INTERNAL, null);
        after.end();

        assertThat(after.traceparent()).isNotNull();
        assertThat(exported).isEmpty();
    }

    @Test
    void the_first_service_of_a_process_decides() throws Exception {
        try (var _ = Spans.exportTo(exporter, "first", 1)) {
            Spans.exportTo(exporter, "second", 1).close();
            TraceSpan.begin("step", SpanKind.INTERNAL, null).end();
        }

        assertThat(exported).singleElement()
                .satisfies(span -> assertThat(span.getResource().getAttributes().asMap().toString()).contains("first"));
    }

    @Test
    void tells_whether_a_collector_has_taken_the_spans() throws Exception {
        var status = new AtomicInteger(400);
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        collector.start();
        var endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
        try {
            oneSpanTo(endpoint);
            assertThat(outcome.told).containsExactly("1 refused");
            status.set(200);
            oneSpanTo(endpoint);
            assertThat(outcome.told).containsExactly("1 refused", "taken");
        } finally {
            collector.stop(0);
        }
    }

    private void oneSpanTo(String endpoint) throws Exception {
        try (var _ = Spans.exportTo(endpoint, "a", 1, outcome)) {
            TraceSpan.begin("step", SpanKind.INTERNAL, null).end();
        }
    }

    private static final class CountedOutcomes implements Spans.Outcome {

        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void taken() {
            told.add("taken");
        }

        @Override
        public void refused(int spans, @Nullable Throwable why) {
            told.add(spans + " refused");
        }
    }

    @Test
    void speaks_to_a_collector_over_http() throws Exception {
        var received = new CopyOnWriteArrayList<String>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("content-type") + " "
                    + HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String traceId;
        try (var _ = Spans.exportTo("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces", "a", 1,
                outcome)) {
            var span = TraceSpan.begin("step", SpanKind.INTERNAL, null);
            traceId = span.traceId();
            span.end();
        } finally {
            collector.stop(0);
        }

        assertThat(received).singleElement().asString().startsWith("application/x-protobuf").contains(traceId);
    }
}
