package io.campaignlauncher.job.axon;

/** The names under which an event's origin is stored beside it. */
public final class StoredMetaData {

    public static final String CORRELATION_ID = "correlationId";
    public static final String CAUSATION_ID = "causationId";
    public static final String TRACEPARENT = "traceparent";

    private StoredMetaData() {}
}
