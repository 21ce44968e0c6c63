package io.campaignlauncher.job.history;

import java.util.UUID;
import java.util.stream.Stream;

/** A history as one JSON document, {@code {"jobId","events":[...]}}, in parts: each event is written when it is asked for. */
public final class HistoryDocument {

    private HistoryDocument() {}

    /** @param events from the first on, read while the parts are taken */
    public static Stream<String> parts(UUID jobId, Stream<HistoryEvent> events) {
        return parts(jobId, RecordedJob.BEFORE_THE_FIRST, events);
    }

    /** @param events those after a version, read while the parts are taken */
    public static Stream<String> parts(UUID jobId, long after, Stream<HistoryEvent> events) {
        var written = events.map(event -> (event.version() == after + 1 ? "" : ",") + event.document());
        return Stream.concat(Stream.of("{\"jobId\":\"" + jobId + "\",\"events\":["),
                Stream.concat(written, Stream.of("]}")));
    }
}
