package io.campaignlauncher.verification.model;

import java.time.Duration;

/** What a look took: its time and its HTTP requests. */
public record Effort(Duration took, int httpCalls) {}
