package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /{video}/thumbnails}: three pictures once a video is ready, of which the second is the preferred one; before
 * that none.
 */
final class Thumbnails {

    private static final Set<String> FIELDS = Set.of("id", "height", "width", "scale", "uri", "is_preferred", "name");
    private static final int COUNT = 3;
    private static final int PREFERRED = 1;

    private Thumbnails() {}

    /** @param selection null: every field */
    static ObjectNode edge(GraphObject object, Video video, @Nullable FieldSelection selection, Instant now) {
        var edge = Json.data();
        if (video.status(now) == VideoStatus.READY) {
            for (int i = 0; i < COUNT; i++) {
                edge.withArray("data").add(selected(whole(object, i), selection));
            }
        }
        return edge;
    }

    static @Nullable JsonNode picture(GraphObject object, Video video, Instant now) {
        return video.status(now) == VideoStatus.READY ? whole(object, PREFERRED).path("uri") : null;
    }

    private static ObjectNode whole(GraphObject object, int index) {
        return Json.object().put("id", Long.toString(object.number + 1 + index)).put("height", 720).put("width", 1280)
                .put("scale", 1)
                .put("uri", "https://scontent.example/" + object.number + "/thumbnail-" + index + ".jpg")
                .put("is_preferred", index == PREFERRED).put("name", "");
    }

    private static ObjectNode selected(ObjectNode whole, @Nullable FieldSelection selection) {
        if (selection == null) {
            return whole;
        }
        var node = Json.object();
        for (var field : selection.fields()) {
            if (!FIELDS.contains(field.name())) {
                throw NodeReads.unknown(field.name(), "VideoThumbnail");
            }
            node.set(field.name(), whole.path(field.name()));
        }
        node.set("id", whole.path("id"));
        return node;
    }
}
