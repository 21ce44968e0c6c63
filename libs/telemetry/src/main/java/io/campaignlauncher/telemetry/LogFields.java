package io.campaignlauncher.telemetry;

/** Names of the fields that a log line about a job carries, as the Elastic Common Schema has them. */
public final class LogFields {

    public static final String TRACE_ID = "trace.id";
    public static final String SPAN_ID = "span.id";
    public static final String JOB_ID = "labels.job_id";
    public static final String CORRELATION_ID = "labels.correlation_id";

    private LogFields() {}
}
