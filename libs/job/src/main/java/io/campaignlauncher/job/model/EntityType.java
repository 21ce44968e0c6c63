package io.campaignlauncher.job.model;

/** What a slot may hold, parents first. */
public enum EntityType { CAMPAIGN, AD_SET, AD }
