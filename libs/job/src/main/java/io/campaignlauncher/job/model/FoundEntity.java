package io.campaignlauncher.job.model;

/** An entity on Facebook. @param slot the slot that its name stands for */
public record FoundEntity(SlotId slot, String facebookId, String name) {}
