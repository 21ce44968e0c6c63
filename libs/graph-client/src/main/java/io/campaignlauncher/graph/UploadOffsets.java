package io.campaignlauncher.graph;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What Facebook wants next of a video: the bytes from {@code start} on, up to {@code end} at once.
 *
 * @param end not included
 */
public record UploadOffsets(long start, long end) {

    /** Whether Facebook has every byte. */
    public boolean isComplete() {
        return start == end;
    }

    /** Of an answer, where they are texts, or of an error's data, where they are numbers. */
    static Optional<UploadOffsets> of(JsonNode node) {
        var start = node.path("start_offset").asLongOpt();
        var end = node.path("end_offset").asLongOpt();
        return start.isPresent() && end.isPresent() && start.getAsLong() >= 0 && end.getAsLong() >= start.getAsLong()
                ? Optional.of(new UploadOffsets(start.getAsLong(), end.getAsLong())) : Optional.empty();
    }
}
