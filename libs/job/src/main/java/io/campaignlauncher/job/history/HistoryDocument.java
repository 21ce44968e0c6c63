package io.campaignlauncher.job.history;

import java.util.UUID;
import java.util.stream.Stream;

/** A history as one JSON document, {@code {"jobId","events":[...]}}, in parts: each event is written when it is asked for. */
public final class HistoryDocument {

    private HistoryDocument() {}

    /** @param events read while the parts are taken */
    public static Stream<String> parts(UUID jobId, Stream<HistoryEvent> events) {
        var written = events.map(event -> (event.version() == 0 ? "" : ",") + event.document());
        return Stream.concat(Stream.of("{\"jobId\":\"" + jobId + "\",\"events\":["),
                Stream.concat(written, Stream.of("]}")));
    }
}
