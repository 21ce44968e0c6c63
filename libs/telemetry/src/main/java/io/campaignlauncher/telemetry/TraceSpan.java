package io.campaignlauncher.telemetry;

import static io.campaignlauncher.telemetry.LogFields.CORRELATION_ID;
import static io.campaignlauncher.telemetry.LogFields.JOB_ID;
import static io.campaignlauncher.telemetry.LogFields.SPAN_ID;
import static io.campaignlauncher.telemetry.LogFields.TRACE_ID;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * One step of the work on a job, in one program: a span of the job's trace, with an id of its own and the step that caused it
 * as its parent. Travels in Reactor's context, never in a thread's. Costs two ids where no spans are exported.
 */
public final class TraceSpan {

    /** Work that nobody follows: it begins no trace and is in none. */
    public static final TraceSpan NONE = new TraceSpan(Span.getInvalid(), null, null);

    /** The header in which a span tells its place in its trace. */
    public static final String TRACEPARENT = "traceparent";

    private static final TextMapGetter<String> GETTER = new TextMapGetter<>() {

        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return TRACEPARENT.equals(key) ? traceparent : null;
        }
    };

    /** What a correlation id must look like to be shown: apps choose theirs, and an address or a token may be in it. */
    private static final Pattern SHOWN = Pattern.compile("(?!EAA)[A-Za-z0-9._:-]{1,64}");

    private final Span span;
    private final @Nullable String jobId;
    private final @Nullable String correlationId;

    private TraceSpan(Span span, @Nullable String jobId, @Nullable String correlationId) {
        this.span = span;
        this.jobId = jobId;
        this.correlationId = correlationId;
    }

    /**
     * Begins a step.
     *
     * @param traceparent W3C trace context of what caused it; null, or what is no trace context: a new trace begins
     */
    public static TraceSpan begin(String name, SpanKind kind, @Nullable String traceparent) {
        return begin(name, kind, W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, GETTER));
    }

    private static TraceSpan begin(String name, SpanKind kind, Context parent) {
        return new TraceSpan(Spans.tracer().spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan(), null,
                null);
    }

    /** A step that this one causes, about the same job. That of {@link #NONE} is none either. */
    public TraceSpan next(String name, SpanKind kind) {
        if (!span.getSpanContext().isValid()) {
            return this;
        }
        return new TraceSpan(begin(name, kind, Context.root().with(span)).span, jobId, correlationId);
    }

    /** The same step, with the job that it turned out to be about. */
    public TraceSpan about(String job, String correlation) {
        span.setAttribute(JOB_ID, job);
        return new TraceSpan(span, job, SHOWN.matcher(correlation).matches() ? correlation : null);
    }

    /** W3C trace context, version 00; null for {@link #NONE}. */
    public @Nullable String traceparent() {
        var context = span.getSpanContext();
        return context.isValid() ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-" + flags(context)
                : null;
    }

    private static String flags(SpanContext context) {
        return context.getTraceFlags().asHex();
    }

    /** 32 hexadecimal digits; null for {@link #NONE}. */
    public @Nullable String traceId() {
        var context = span.getSpanContext();
        return context.isValid() ? context.getTraceId() : null;
    }

    /** The step is over. */
    public void end() {
        span.end();
    }

    /** The step came to nothing. The kind of error is kept, its message is not: it may quote anything. */
    public void failed(Throwable error) {
        failed(error.getClass().getSimpleName());
    }

    /** @param kind of error, a word of our own and not of whoever answered */
    public void failed(String kind) {
        span.setStatus(StatusCode.ERROR, kind);
    }

    /** The work as this step: whatever it calls can find it by {@link #of}, and it ends with the work. */
    public <T> Mono<T> around(Mono<T> work) {
        return work.doOnError(this::failed)
                .doFinally(_ -> end())
                .contextWrite(context -> context.put(TraceSpan.class, this));
    }

    /** The step that is being done here; {@link #NONE} where nobody said. */
    public static TraceSpan of(ContextView context) {
        return context.<TraceSpan>getOrEmpty(TraceSpan.class).orElse(NONE);
    }

    /** Gives one log line the fields of this step. */
    public LoggingEventBuilder on(LoggingEventBuilder line) {
        var context = span.getSpanContext();
        var enriched = line;
        if (context.isValid()) {
            enriched = enriched.addKeyValue(TRACE_ID, context.getTraceId()).addKeyValue(SPAN_ID, context.getSpanId());
        }
        if (jobId != null) {
            enriched = enriched.addKeyValue(JOB_ID, jobId);
        }
        if (correlationId != null) {
            enriched = enriched.addKeyValue(CORRELATION_ID, correlationId);
        }
        return enriched;
    }

    /** Gives every log line of this thread the fields of this step, until it is closed. Only for work that stays on its thread. */
    public LogScope inLog() {
        var context = span.getSpanContext();
        return LogScope.open(context.isValid() ? context.getTraceId() : null,
                context.isValid() ? context.getSpanId() : null, jobId, correlationId);
    }
}
