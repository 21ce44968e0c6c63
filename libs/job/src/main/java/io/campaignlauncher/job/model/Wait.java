package io.campaignlauncher.job.model;

import java.time.Instant;

/** A time that a job waits for. @param number grows with each wait of the job */
public record Wait(int number, Instant until) {}
