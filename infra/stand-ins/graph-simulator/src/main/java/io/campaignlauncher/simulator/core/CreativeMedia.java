package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whether the images and videos that a creative names are in its account, and whether the videos can be shown yet. */
final class CreativeMedia {

    private static final String IMAGE_HASH = "image_hash";
    private static final String VIDEO_ID = "video_id";

    private final GraphWorld world;
    private final Account account;
    private final Instant now;

    CreativeMedia(GraphWorld world, Account account, Instant now) {
        this.world = world;
        this.account = account;
        this.now = now;
    }

    void check(Map<String, JsonNode> fields) {
        var none = Json.NODES.missingNode();
        image(fields.getOrDefault(IMAGE_HASH, none), IMAGE_HASH);
        video(fields.getOrDefault(VIDEO_ID, none));
        story(fields.getOrDefault("object_story_spec", none));
        feed(fields.getOrDefault("asset_feed_spec", none));
    }

    private void story(JsonNode story) {
        for (var kind : new String[]{ "link_data", "template_data" }) {
            both(story.path(kind));
            story.path(kind).path("child_attachments").forEach(this::both);
        }
        both(story.path("photo_data"));
        if (story.get("video_data") instanceof JsonNode data) {
            if (text(data.path(VIDEO_ID)).isEmpty()) {
                throw GraphRefusal.invalid("video_data needs a video_id").blaming("object_story_spec");
            }
            both(data);
            if (text(data.path(IMAGE_HASH)).isEmpty() && text(data.path("image_url")).isEmpty()) {
                throw GraphRefusal.invalid(1443226, "Your ad needs a video thumbnail",
                        "Please specify one of image_hash or image_url in the video_data field of object_story_spec.")
                        .blaming("object_story_spec");
            }
        }
    }

    private void both(JsonNode media) {
        image(media.path(IMAGE_HASH), IMAGE_HASH);
        video(media.path(VIDEO_ID));
    }

    private void feed(JsonNode feed) {
        feed.path("images").forEach(image -> image(image.path("hash"), "asset_feed_spec"));
        for (var video : feed.path("videos")) {
            video(video.path(VIDEO_ID));
            image(video.path("thumbnail_hash"), "asset_feed_spec");
        }
    }

    private void image(JsonNode hash, String parameter) {
        if (!text(hash).isEmpty() && !account.images.containsKey(text(hash))) {
            throw Images.notFound(parameter);
        }
    }

    private void video(JsonNode id) {
        if (text(id).isEmpty()) {
            return;
        }
        var object = world.find(Ids.number(text(id)));
        if (object == null || object.video == null || object.account != account || object.isDeleted()) {
            throw GraphRefusal.invalid("The video " + text(id) + " does not exist in this account").blaming(VIDEO_ID);
        }
        switch (object.video.status(now)) {
            case READY -> {
            }
            case UPLOADING, PROCESSING -> throw GraphRefusal.invalid(1885252, "Video not ready for use in an ad",
                    "The video is still being processed. Please wait for the video to finish processing.")
                    .blaming(VIDEO_ID);
            case ERROR, EXPIRED -> throw GraphRefusal.invalid("The video " + text(id) + " cannot be shown")
                    .blaming(VIDEO_ID);
        }
    }

    private static String text(JsonNode node) {
        return node.asString("");
    }
}
