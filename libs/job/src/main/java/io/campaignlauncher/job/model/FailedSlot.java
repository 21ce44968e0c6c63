package io.campaignlauncher.job.model;

/** A slot that was asked of Facebook without a success. */
public record FailedSlot(SlotId id, Fault fault) {}
