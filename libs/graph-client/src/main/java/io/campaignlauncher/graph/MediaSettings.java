package io.campaignlauncher.graph;

import java.time.Duration;

/**
 * The bounds of images and videos.
 *
 * @param imageBytesMax larger images are not sent
 * @param chunkBytesMax larger chunks of a video are not sent
 * @param uploadTimeout from the call to the end of its answer, for requests that carry a file
 */
public record MediaSettings(int imageBytesMax, int chunkBytesMax, Duration uploadTimeout) {

    public static final MediaSettings DEFAULTS = new MediaSettings(30 * 1024 * 1024, 16 * 1024 * 1024,
            Duration.ofMinutes(2));

    public MediaSettings {
        if (imageBytesMax < 1 || chunkBytesMax < 1 || !uploadTimeout.isPositive()) {
            throw new IllegalArgumentException("images of " + imageBytesMax + " bytes, chunks of " + chunkBytesMax
                    + " bytes and " + uploadTimeout + " for each: all must be positive");
        }
    }
}
