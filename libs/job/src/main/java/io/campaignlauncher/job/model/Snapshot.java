package io.campaignlauncher.job.model;

/** An entity's last known content, JSON text. */
public record Snapshot(FoundEntity entity, String content) {}
