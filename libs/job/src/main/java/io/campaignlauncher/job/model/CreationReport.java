package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a creation round did since the report before; the last report tells the whole round, and slots that it has in neither
 * list were not sent.
 *
 * @param resumeAt for RATE_LIMITED: when calls are allowed again
 * @param quietAt  no request of this round can be in flight after it; null where every outcome is known
 */
public record CreationReport(int round, List<CreatedSlot> created, List<FailedSlot> failed, RoundEnd end,
        @Nullable Instant resumeAt, @Nullable Instant quietAt, int httpCalls) {

    public CreationReport {
        created = List.copyOf(created);
        failed = List.copyOf(failed);
    }
}
