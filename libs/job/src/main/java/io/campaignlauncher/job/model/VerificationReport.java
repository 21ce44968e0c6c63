package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Facebook holds, compared with the slots.
 *
 * @param missing        slots whose entity does not exist
 * @param unknownToSlots entities of this job that no slot knows
 * @param unknownLeftOut how many more there are that it does not name: that one is not named proves nothing then
 * @param readAt         when the first read was sent
 * @param verifyAgainAt  for INCONCLUSIVE because of read lag
 * @param fault          for INCONCLUSIVE because of a failed read
 */
public record VerificationReport(int attempt, VerificationOutcome outcome, List<SlotId> missing,
        List<FoundEntity> unknownToSlots, int unknownLeftOut, int campaignsFound, int adSetsFound, int adsFound,
        @Nullable Instant readAt, @Nullable Instant verifyAgainAt, @Nullable Fault fault, long durationMs,
        int httpCalls) {

    public VerificationReport {
        missing = List.copyOf(missing);
        unknownToSlots = List.copyOf(unknownToSlots);
    }

    /** Names everything. */
    public VerificationReport(int attempt, VerificationOutcome outcome, List<SlotId> missing,
            List<FoundEntity> unknownToSlots, int campaignsFound, int adSetsFound, int adsFound,
            @Nullable Instant readAt, @Nullable Instant verifyAgainAt, @Nullable Fault fault, long durationMs,
            int httpCalls) {
        this(attempt, outcome, missing, unknownToSlots, 0, campaignsFound, adSetsFound, adsFound, readAt,
                verifyAgainAt, fault, durationMs, httpCalls);
    }

    /** It says nothing of what exists: a read failed, or nobody knows when it was made. */
    boolean unread() {
        return switch (outcome) {
            case INCONCLUSIVE -> verifyAgainAt == null && (fault == null || fault.kind() != ErrorKind.RATE_LIMIT);
            case PASSED -> readAt == null;
            case REFUSED -> false;
        };
    }
}
