package io.campaignlauncher.job.model;

/** Why entities are deleted. */
public enum DeletionReason { ROLLBACK, SURPLUS }
