package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a deletion pass did.
 *
 * @param deleted     entities that are gone now, as far as the pass knows
 * @param failed      entities that are still there
 * @param resumeAt    for RATE_LIMITED: when calls are allowed again
 * @param fault       why the pass could not read or delete at all
 * @param readAt      when the first read was sent; null where it could not read
 * @param found       how many entities of the job those reads found
 * @param unconfirmed Facebook ids of those deleted of which Facebook has only said so
 * @param leftOut     how many of those found the pass left for the next one, or does not name
 */
public record DeletionReport(int pass, List<FoundEntity> deleted, List<UndeletedEntity> failed, RoundEnd end,
        @Nullable Instant resumeAt, @Nullable Fault fault, @Nullable Instant readAt, int found, int httpCalls,
        Set<String> unconfirmed, int leftOut) {

    public DeletionReport {
        deleted = List.copyOf(deleted);
        failed = List.copyOf(failed);
        unconfirmed = Set.copyOf(unconfirmed);
    }

    /** Leaves nothing out. */
    public DeletionReport(int pass, List<FoundEntity> deleted, List<UndeletedEntity> failed, RoundEnd end,
            @Nullable Instant resumeAt, @Nullable Fault fault, @Nullable Instant readAt, int found, int httpCalls,
            Set<String> unconfirmed) {
        this(pass, deleted, failed, end, resumeAt, fault, readAt, found, httpCalls, unconfirmed, 0);
    }
}
