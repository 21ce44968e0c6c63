package io.campaignlauncher.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the spans of this process go: nowhere, until somebody says to whom. One for the process, as a logger is: several services
 * in one process tell their spans to one place.
 */
public final class Spans {

    private static final String SCOPE = "io.campaignlauncher";
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    /** Makes ids and keeps nothing; whether a caller wants its trace recorded is passed on as it is. */
    private static final Tracer UNEXPORTED = SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
            .build()
            .get(SCOPE);
    private static final AtomicReference<Tracer> TRACER = new AtomicReference<>(UNEXPORTED);

    private Spans() {}

    /** What became of spans that were sent; asked on the sender's threads. */
    public interface Outcome {

        void taken();

        /** They are dropped. @param why null: not known */
        void refused(int spans, @Nullable Throwable why);
    }

    static Tracer tracer() {
        return Objects.requireNonNull(TRACER.get());
    }

    /**
     * Sends this process's spans to an OTLP collector over HTTP, many at a time and never at the expense of the work: what
     * cannot be sent is dropped.
     *
     * @param endpoint    e.g. {@code http://localhost:4318/v1/traces}
     * @param probability of a trace that begins here to be recorded; others are as their caller says
     * @param outcome     told of each attempt
     * @return ends it; where another service of this process has said so before, that stays and this does nothing
     */
    public static AutoCloseable exportTo(String endpoint, String service, double probability, Outcome outcome) {
        if (TRACER.get() != UNEXPORTED) {
            return () -> {};
        }
        return exportTo(new ReportingExporter(OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build(), outcome),
                service,
                probability);
    }

    static AutoCloseable exportTo(SpanExporter exporter, String service, double probability) {
        var provider = SdkTracerProvider.builder()
                .setResource(Resource.create(
                        Attributes.builder().put("service.name", service).build()))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(probability)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        var tracer = provider.get(SCOPE);
        if (!TRACER.compareAndSet(UNEXPORTED, tracer)) {
            provider.close();
            return () -> {};
        }
        return () -> {
            TRACER.compareAndSet(tracer, UNEXPORTED);
            provider.shutdown().join(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        };
    }
}
