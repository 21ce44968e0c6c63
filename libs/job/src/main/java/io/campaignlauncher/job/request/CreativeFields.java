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
    private static final CreativeFields VIDEO_OF_CARD = new CreativeFields("video_id", "picture",
            List.of("picture", "image_hash", MediaReferences.IMAGE));
    /** Of the lists of an {@code asset_feed_spec}. */
    private static final CreativeFields LISTED_IMAGE = new CreativeFields("hash", "", List.of());
    private static final CreativeFields LISTED_THUMBNAIL = new CreativeFields("thumbnail_hash", "", List.of());
    private static final CreativeFields LISTED_VIDEO = new CreativeFields("video_id", "thumbnail_url",
            List.of("thumbnail_url", "thumbnail_hash", MediaReferences.IMAGE));

    /** @param path of the object in the creative */
    static CreativeFields of(MediaType type, String path) {
        var listed = path.contains(".asset_feed_spec.");
        return switch (type) {
            case IMAGE -> !listed ? IMAGE
                    : path.contains(".asset_feed_spec.videos[") ? LISTED_THUMBNAIL : LISTED_IMAGE;
            case VIDEO -> listed ? LISTED_VIDEO : path.contains(".child_attachments[") ? VIDEO_OF_CARD : VIDEO;
        };
    }
}
