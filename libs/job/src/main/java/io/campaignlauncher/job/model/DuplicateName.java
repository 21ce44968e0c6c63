package io.campaignlauncher.job.model;

/** What a campaign of the same name on the account means. */
public enum DuplicateName { REJECT, WARN }
