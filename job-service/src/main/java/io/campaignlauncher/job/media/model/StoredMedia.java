package io.campaignlauncher.job.media.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an image or a video.
 *
 * @param number       by which a page of a list goes on
 * @param facebookId   null: none yet
 * @param sessionId    of a video's upload; null: none
 * @param name         of the file; null: not said
 * @param credentialId with which it came
 * @param wantedFrom   where Facebook wants a video to go on
 * @param wantedTo     up to where it takes it at once
 * @param problem      what is wrong with it; null: nothing, or not known
 */
public record StoredMedia(long number, MediaKey key, MediaState state, @Nullable String facebookId,
        @Nullable String sessionId, long bytes, @Nullable String name, String credentialId, long wantedFrom,
        long wantedTo, @Nullable String problem, Instant createdAt, Instant changedAt) {}
