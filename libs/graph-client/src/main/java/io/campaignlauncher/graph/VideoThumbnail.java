package io.campaignlauncher.graph;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A still picture of a video; a creative that shows a video needs one. */
public record VideoThumbnail(String uri, boolean preferred) {

    static final String FIELDS = "uri,is_preferred";

    /** The one that Facebook prefers, else the first; empty while there is none yet. */
    public static Optional<VideoThumbnail> best(List<VideoThumbnail> thumbnails) {
        return thumbnails.stream().filter(VideoThumbnail::preferred).findFirst()
                .or(() -> thumbnails.stream().findFirst());
    }

    /** Of an answer with {@code data}; empty: it has none. */
    public static Optional<List<VideoThumbnail>> listed(JsonNode body) {
        var data = body.path("data");
        return data.isArray()
                ? Optional.of(data.valueStream().filter(each -> !each.path("uri").asString("").isEmpty())
                        .map(each -> new VideoThumbnail(each.path("uri").asString(""),
                                each.path("is_preferred").asBoolean(false)))
                        .toList())
                : Optional.empty();
    }
}
