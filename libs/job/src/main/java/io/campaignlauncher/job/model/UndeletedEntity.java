package io.campaignlauncher.job.model;

/** An entity that could not be deleted. */
public record UndeletedEntity(FoundEntity entity, Fault fault) {}
