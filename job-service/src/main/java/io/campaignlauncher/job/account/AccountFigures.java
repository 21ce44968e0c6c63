package io.campaignlauncher.job.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an ad account stands.
 *
 * @param running      launches under way
 * @param changesLeft  entities that launches under way want and that are not there yet
 * @param latestNumber of the latest launch; null: there was none
 * @param latestAt     when that was asked for; null: there was none
 * @param pace         null: what creators know of it is not known here
 * @param usage        null: no look was told
 */
public record AccountFigures(String adAccountId, int running, int changesLeft, @Nullable Long latestNumber,
        @Nullable Instant latestAt, @Nullable Pace pace, @Nullable Usage usage) {

    /**
     * What creators keep of it.
     *
     * @param changesNow  that were given away in the window of time that has not ended
     * @param pausedUntil before it the account is left alone; null: it is not
     * @param waiting     launches whose creation waits for room
     */
    public record Pace(int changesNow, @Nullable Instant pausedUntil, int waiting) {}

    /** How much of a limit is used, the one of which most is. */
    public record Usage(double percent, Instant at) {}

    /** A launch on it. */
    public record Launch(String jobId, String campaignName, String status, Instant createdAt) {}

    /** Figures of an account that nobody has launched on. */
    static AccountFigures none(String adAccountId) {
        return new AccountFigures(adAccountId, 0, 0, null, null, null, null);
    }

    AccountFigures with(@Nullable Pace newPace, @Nullable Usage newUsage) {
        return new AccountFigures(adAccountId, running, changesLeft, latestNumber, latestAt, newPace, newUsage);
    }

    /**
     * When all that is wanted now has been sent, at the pace that changes are given away at.
     *
     * @param changesPerSecond 0: no bound
     */
    public Duration expectedWait(Instant now, int changesPerSecond) {
        var paused = pace == null || pace.pausedUntil() == null ? Duration.ZERO
                : Duration.between(now, pace.pausedUntil());
        var sending = changesPerSecond == 0 ? Duration.ZERO
                : Duration.ofSeconds(Math.ceilDiv(changesLeft, changesPerSecond));
        return changesLeft == 0 ? Duration.ZERO : (paused.isNegative() ? Duration.ZERO : paused).plus(sending);
    }
}
