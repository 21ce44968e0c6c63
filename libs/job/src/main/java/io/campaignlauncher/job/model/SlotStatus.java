package io.campaignlauncher.job.model;

/** Where a slot stands. */
public enum SlotStatus { PENDING, CREATING, CREATED, FAILED, ROLLED_BACK }
