package io.campaignlauncher.identity.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a session lives, and what a refresh token means that could not be claimed. Each token is good once; whoever brings a used
 * one is a thief, or was robbed: nobody can tell which, so the session ends for both.
 */
public final class RefreshRules {

    /** What became of a token that was brought. */
    public enum Verdict {
        /** Nobody was ever given this. */
        UNKNOWN,
        /** It was good once, nobody used it, and its time or its session's is over. */
        OVER,
        /** It was used before: its session has to end. */
        USED_BEFORE
    }

    private RefreshRules() {}

    /** Until when a token is good: never longer than its session, which no refresh makes longer. */
    public static Instant expiry(Instant now, Duration idleMax, Instant sessionExpiry) {
        var idle = now.plus(idleMax);
        return idle.isBefore(sessionExpiry) ? idle : sessionExpiry;
    }

    /**
     * Of a token that could not be claimed.
     *
     * @param known  whether it is one of ours
     * @param usedAt null: never
     */
    public static Verdict unclaimed(boolean known, @Nullable Instant usedAt) {
        if (!known) {
            return Verdict.UNKNOWN;
        }
        return usedAt == null ? Verdict.OVER : Verdict.USED_BEFORE;
    }
}
