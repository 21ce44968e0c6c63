package io.campaignlauncher.job.model;

/** A command with where it comes from: the events that follow from it name that as their cause. */
public record IssuedCommand(JobCommand command, Origin origin) {}
