package io.campaignlauncher.job.media.model;

import io.campaignlauncher.job.model.MediaType;

/** What names an image or a video of an ad account. @param sha256 64 hex digits in small letters */
public record MediaKey(String tenant, String adAccountId, String sha256, MediaType type) {}
