package io.campaignlauncher.standin;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest HTTP requests, without token, parameters and body. */
public final class RequestLog {

    private static final int MOST = 2_000;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /**
     * A request as it came.
     *
     * @param path        without its query
     * @param traceparent the header of that name; null where it was not sent
     */
    public record Entry(Instant at, String method, String path, @Nullable String traceparent) {}

    public RequestLog() {}

    public synchronized void add(Entry entry) {
        if (entries.size() == MOST) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    /** The oldest first, at most 2,000. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Those of one trace. */
    public List<Entry> ofTrace(String traceId) {
        return entries().stream()
                .filter(entry -> entry.traceparent() != null && entry.traceparent().contains(traceId))
                .toList();
    }
}
