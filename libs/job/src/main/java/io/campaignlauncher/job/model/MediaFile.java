package io.campaignlauncher.job.model;

import org.jspecify.annotations.Nullable;

/**
 * An image or a video of an ad account that a launch names.
 *
 * @param reference    as the request names it: {@code sha256:} and 64 hex digits, or the name of a file of its upload
 * @param facebookId   the hash of an image, valid in its account alone, or the id of a video
 * @param thumbnailUrl of a video, as Facebook chose it; null: an image, or not known
 */
public record MediaFile(String reference, MediaType type, String facebookId, @Nullable String thumbnailUrl) {}
