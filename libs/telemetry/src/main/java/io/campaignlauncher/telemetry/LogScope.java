package io.campaignlauncher.telemetry;

import static io.campaignlauncher.telemetry.LogFields.CORRELATION_ID;
import static io.campaignlauncher.telemetry.LogFields.JOB_ID;
import static io.campaignlauncher.telemetry.LogFields.SPAN_ID;
import static io.campaignlauncher.telemetry.LogFields.TRACE_ID;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Fields that this thread's log lines carry until it is closed; those from before come back then. */
public final class LogScope implements AutoCloseable {

    private static final String[] FIELDS = { TRACE_ID, SPAN_ID, JOB_ID, CORRELATION_ID };

    private final @Nullable String[] before = new String[FIELDS.length];

    private LogScope(@Nullable String... values) {
        for (int i = 0; i < FIELDS.length; i++) {
            before[i] = MDC.get(FIELDS[i]);
            set(FIELDS[i], values[i]);
        }
    }

    static LogScope open(@Nullable String traceId, @Nullable String spanId, @Nullable String jobId,
            @Nullable String correlationId) {
        return new LogScope(traceId, spanId, jobId, correlationId);
    }

    /** For work on a job of which no more is known. */
    public static LogScope ofJob(String jobId) {
        return new LogScope(null, null, jobId, null);
    }

    @Override
    public void close() {
        for (int i = 0; i < FIELDS.length; i++) {
            set(FIELDS[i], before[i]);
        }
    }

    private static void set(String field, @Nullable String value) {
        if (value == null) {
            MDC.remove(field);
        } else {
            MDC.put(field, value);
        }
    }
}
