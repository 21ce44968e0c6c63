package io.campaignlauncher.analytics.model;

import java.time.Duration;

/** Spans of time that end now. Each is kept in so many parts, so it is up to one part too short. */
public enum Span {

    FIVE_MINUTES("5m", Duration.ofMinutes(5), 60),
    HOUR("1h", Duration.ofHours(1), 60),
    DAY("24h", Duration.ofHours(24), 288);

    private final String label;
    private final Duration length;
    private final int parts;

    Span(String label, Duration length, int parts) {
        this.label = label;
        this.length = length;
        this.parts = parts;
    }

    public String label() {
        return label;
    }

    public Duration length() {
        return length;
    }

    int parts() {
        return parts;
    }

    long partMs() {
        return length.toMillis() / parts;
    }
}
