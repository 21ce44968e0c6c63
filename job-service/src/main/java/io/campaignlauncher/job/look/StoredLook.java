package io.campaignlauncher.job.look;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The latest look of a job.
 *
 * @param askedBy who wanted it
 * @param reason  null: it did not fail
 * @param retryAt before it another would fail as well; null: not known
 * @param found   JSON of the last one that did not fail; null: there was none
 */
public record StoredLook(UUID jobId, State state, Instant askedAt, String askedBy, @Nullable String reason,
        @Nullable Instant retryAt, @Nullable String found) {

    /** How far it is. */
    public enum State {
        LOOKING, LOOKED, FAILED
    }
}
