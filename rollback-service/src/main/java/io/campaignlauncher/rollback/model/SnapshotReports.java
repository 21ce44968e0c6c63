package io.campaignlauncher.rollback.model;

import io.campaignlauncher.schemas.EntitySnapshot;
import io.campaignlauncher.schemas.SnapshotReported;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts snapshots into as few messages as Kafka takes: it refuses a record above 1 MB by default. */
public final class SnapshotReports {

    static final int SNAPSHOTS_MAX = 200;
    static final int BYTES_MAX = 500_000;

    private SnapshotReports() {}

    /** No message where there is no snapshot. */
    public static List<SnapshotReported> of(String jobId, int pass, List<EntitySnapshot> snapshots) {
        var reports = new ArrayList<SnapshotReported>();
        var next = new ArrayList<EntitySnapshot>();
        var bytes = 0;
        for (var snapshot : snapshots) {
            var size = bytes(snapshot);
            if (!next.isEmpty() && (next.size() == SNAPSHOTS_MAX || bytes + size > BYTES_MAX)) {
                reports.add(new SnapshotReported(jobId, pass, List.copyOf(next)));
                next.clear();
                bytes = 0;
            }
            next.add(snapshot);
            bytes += size;
        }
        if (!next.isEmpty()) {
            reports.add(new SnapshotReported(jobId, pass, List.copyOf(next)));
        }
        return reports;
    }

    private static int bytes(EntitySnapshot snapshot) {
        return snapshot.getContent().getBytes(StandardCharsets.UTF_8).length
                + snapshot.getEntity().getName().getBytes(StandardCharsets.UTF_8).length;
    }
}
