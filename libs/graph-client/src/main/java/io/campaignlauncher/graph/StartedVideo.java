package io.campaignlauncher.graph;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A video that Facebook knows of and has no byte of yet.
 *
 * @param sessionId of its upload
 */
public record StartedVideo(String videoId, String sessionId, UploadOffsets next) {

    static Optional<StartedVideo> of(JsonNode body) {
        var video = body.path("video_id").asString("");
        var session = body.path("upload_session_id").asString("");
        return video.isEmpty() || session.isEmpty() ? Optional.empty()
                : UploadOffsets.of(body).map(next -> new StartedVideo(video, session, next));
    }
}
