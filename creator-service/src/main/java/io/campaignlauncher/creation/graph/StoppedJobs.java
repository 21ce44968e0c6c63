package io.campaignlauncher.creation.graph;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Jobs of which nothing more is to be created, each as long as a command of it may be claimed. Any thread may ask. */
final class StoppedJobs {

    private final LongSupplier monotonicNanos;
    private final Duration keep;
    /** When each was stopped, the first one first. */
    private final Map<UUID, Long> stopped = new LinkedHashMap<>();

    StoppedJobs(LongSupplier monotonicNanos, Duration keep) {
        this.monotonicNanos = monotonicNanos;
        this.keep = keep;
    }

    synchronized void add(UUID jobId) {
        var now = monotonicNanos.getAsLong();
        var all = stopped.values().iterator();
        while (all.hasNext() && now - all.next() > keep.toNanos()) {
            all.remove();
        }
        stopped.putIfAbsent(jobId, now);
    }

    synchronized boolean has(UUID jobId) {
        return stopped.containsKey(jobId);
    }
}
