package io.campaignlauncher.job.model;

/** What a file is that an ad shows. */
public enum MediaType { IMAGE, VIDEO }
