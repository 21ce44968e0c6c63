package io.campaignlauncher.creation.model;

import io.campaignlauncher.creation.model.SlotOutcome.Filled;
import io.campaignlauncher.creation.model.SlotOutcome.Unfilled;
import io.campaignlauncher.schemas.RoundEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Whether a round may go on sending, and how it ends. Immutable.
 *
 * @param permanent   an error that trying again will not help with was seen
 * @param leaseOver   the time in which this worker may send is over
 * @param stopped     its job was cancelled
 * @param failures    requests that failed for the moment or whose outcome is unknown
 * @param unknown     some outcome is unknown
 * @param limited     Facebook refused something because of a limit, or the account's pace left something unsent
 * @param resumeAt    the latest time before which the account is to be left alone; null where there is none
 */
public record RoundProgress(boolean permanent, boolean leaseOver, boolean stopped, int failures, boolean unknown,
        boolean limited, @Nullable Instant resumeAt) {

    /** Failed requests after which a round gives up: something is wrong that one more request will not mend. */
    public static final int FAILURES_MAX = 10;

    public static RoundProgress begun() {
        return new RoundProgress(false, false, false, 0, false, false, null);
    }

    /** @param pauseUnnamed how long to wait where Facebook refused because of a limit and named no time */
    public RoundProgress after(Collection<? extends SlotOutcome> outcomesOfOneRequest, Instant now,
            Duration pauseUnnamed) {
        var next = this;
        var trouble = false;
        for (var outcome : outcomesOfOneRequest) {
            switch (outcome) {
                case Filled _ -> {
                }
                case Unfilled(_, _, var fault) -> {
                    next = fault.getOutcomeUnknown() ? next.withUnknown() : next;
                    switch (fault.getKind()) {
                        case PERMANENT -> next = next.withPermanent();
                        case RATE_LIMIT ->
                            next = next.limitedUntil(
                                    fault.getRetryAt() == null ? now.plus(pauseUnnamed) : fault.getRetryAt());
                        case TEMPORARY, UNKNOWN -> trouble = true;
                    }
                    trouble |= fault.getOutcomeUnknown();
                }
            }
        }
        return trouble ? next.withTrouble() : next;
    }

    /** Facebook wants the account left alone; what is unsent stays unsent. */
    public RoundProgress pausedUntil(Instant time) {
        var latest = resumeAt == null || resumeAt.isBefore(time) ? time : resumeAt;
        return new RoundProgress(permanent, leaseOver, stopped, failures, unknown, limited, latest);
    }

    /** Something was not sent, or was refused, because the account is to be left alone until then. */
    public RoundProgress limitedUntil(Instant time) {
        var paused = pausedUntil(time);
        return new RoundProgress(permanent, leaseOver, stopped, failures, unknown, true, paused.resumeAt);
    }

    public RoundProgress withLeaseOver() {
        return new RoundProgress(permanent, true, stopped, failures, unknown, limited, resumeAt);
    }

    public RoundProgress withStopped() {
        return new RoundProgress(permanent, leaseOver, true, failures, unknown, limited, resumeAt);
    }

    public boolean mayGoOn() {
        return !permanent && !leaseOver && !stopped && resumeAt == null && failures < FAILURES_MAX;
    }

    /** RATE_LIMITED where only waiting helps. A permanent error ends the round for good, limit or not. */
    public RoundEnd end() {
        return limited && !permanent ? RoundEnd.RATE_LIMITED : RoundEnd.DONE;
    }

    /** One step was left out although it could have been asked for. */
    public RoundProgress leftOut() {
        return resumeAt == null ? this : limitedUntil(resumeAt);
    }

    private RoundProgress withPermanent() {
        return new RoundProgress(true, leaseOver, stopped, failures, unknown, limited, resumeAt);
    }

    private RoundProgress withUnknown() {
        return new RoundProgress(permanent, leaseOver, stopped, failures, true, limited, resumeAt);
    }

    private RoundProgress withTrouble() {
        return new RoundProgress(permanent, leaseOver, stopped, failures + 1, unknown, limited, resumeAt);
    }
}
