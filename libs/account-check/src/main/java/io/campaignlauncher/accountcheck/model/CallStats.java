package io.campaignlauncher.accountcheck.model;

import java.time.Duration;

/** What a verification took: its time and its HTTP requests. */
public record CallStats(Duration took, int httpCalls) {}
