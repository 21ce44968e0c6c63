package io.campaignlauncher.job.model;

/** Whether a rollback starts by itself or waits for a person. */
public enum RollbackPolicy { AUTOMATIC, CONFIRM }
