package io.campaignlauncher.job.model;

import org.jspecify.annotations.Nullable;

/**
 * An image or a video of an ad account that a launch names.
 *
 * @param reference    as the request names it: {@code sha256:} and 64 hex digits, or the name of a file of its upload
 * @param facebookId   the hash of an image, valid in its account alone, or the id of a video
 * @param thumbnailUrl of a video, as Facebook chose it, at most {@value #THUMBNAIL_CHARACTERS_MAX} characters; null: an image, or not known
 */
public record MediaFile(String reference, MediaType type, String facebookId, @Nullable String thumbnailUrl) {

    /** Each ad with a video names one, and the command that asks for all of them has to find room in a record. */
    public static final int THUMBNAIL_CHARACTERS_MAX = 1_000;

    /** One content may be uploaded as an image and as a video. */
    public boolean isNamed(String asked, MediaType as) {
        return reference.equals(asked) && type == as;
    }
}
