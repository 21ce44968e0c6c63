package io.campaignlauncher.readmodel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in which the live tables say something else than the event store.
 *
 * @param row    {@code job}, a slot like {@code ad_set 3}, or {@code attempt 1} of the pre-creation verification
 * @param column null: the whole row is there and should not be, or the other way round
 * @param is     what the live table holds, as PostgreSQL would take it; null: nothing
 * @param should what the events say; null: nothing
 */
public record ReadModelDifference(UUID jobId, String row, @Nullable String column, @Nullable String is,
        @Nullable String should) {

    static final String THERE = "there";

    public static ReadModelDifference missing(UUID jobId, String row) {
        return new ReadModelDifference(jobId, row, null, null, THERE);
    }

    public static ReadModelDifference surplus(UUID jobId, String row) {
        return new ReadModelDifference(jobId, row, null, THERE, null);
    }
}
