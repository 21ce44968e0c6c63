package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.MediaType;
import java.util.List;

/**
 * What Facebook calls a file in an object of a creative.
 *
 * @param file       the field that says which one
 * @param thumbnail  of a video, the field with the address of its thumbnail
 * @param thumbnails all fields that say what the thumbnail is: where one of them is there, it counts
 */
record CreativeFields(String file, String thumbnail, List<String> thumbnails) {

    private static final CreativeFields IMAGE = new CreativeFields("image_hash", "", List.of());
    private static final CreativeFields VIDEO = new CreativeFields("video_id", "image_url",
            List.of("image_url", "image_hash", MediaReferences.IMAGE));
    /** Of the lists of an {@code asset_feed_spec}. */
    private static final CreativeFields LISTED_IMAGE = new CreativeFields("hash", "", List.of());
    private static final CreativeFields LISTED_VIDEO = new CreativeFields("video_id", "thumbnail_url",
            List.of("thumbnail_url", "thumbnail_hash"));

    /** @param path of the object in the creative */
    static CreativeFields of(MediaType type, String path) {
        var listed = path.contains(".asset_feed_spec.");
        return switch (type) {
            case IMAGE -> listed ? LISTED_IMAGE : IMAGE;
            case VIDEO -> listed ? LISTED_VIDEO : VIDEO;
        };
    }
}
