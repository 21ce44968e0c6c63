package io.campaignlauncher.messaging;

/** Defaults of settings that several services read, as they are written in settings: services of one system must agree on them. */
public final class SharedDefaults {

    /** {@code graph.request-timeout}. */
    public static final String REQUEST_TIMEOUT = "10s";
    /** {@code launch.creation.lease}. */
    public static final String LEASE = "15s";
    /** {@code launch.creation.mutations-per-second}: Facebook refuses more (613/5044001). */
    public static final String MUTATIONS_PER_SECOND = "100";
    /** {@code launch.creation.rate-limit-pause}. */
    public static final String RATE_LIMIT_PAUSE = "1m";

    private SharedDefaults() {}
}
