package io.campaignlauncher.job.look;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Nothing could be seen, and there are words for why. Expected, so it carries no stack trace. */
final class LookFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final @Nullable Instant retryAt;
    private final boolean tokenRefused;

    /** @param retryAt before it another look would fail as well; null: not known */
    LookFailed(String reason, @Nullable Instant retryAt) {
        this(reason, retryAt, false);
    }

    private LookFailed(String reason, @Nullable Instant retryAt, boolean tokenRefused) {
        super(reason, null, false, false);
        this.reason = reason;
        this.retryAt = retryAt;
        this.tokenRefused = tokenRefused;
    }

    /** Facebook does not take the token: that helps nobody who has the same one. */
    static LookFailed tokenRefused(String reason) {
        return new LookFailed(reason, null, true);
    }

    String reason() {
        return reason;
    }

    @Nullable
    Instant retryAt() {
        return retryAt;
    }

    boolean isTokenRefused() {
        return tokenRefused;
    }
}
