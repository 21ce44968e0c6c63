package io.campaignlauncher.pace;

import java.time.Duration;

/** The answer to who wants to send. */
public sealed interface SendPermission {

    /** Send now. */
    record Granted(boolean paced, long lateFromNanos) implements SendPermission {

        static final Granted AT_ANY_TIME = new Granted(false, 0);

        /** The time to send has passed: ask again. */
        public boolean late(long nowNanos) {
            return paced && nowNanos - lateFromNanos >= 0;
        }
    }

    /** Not within the time that there is; the account has room again after this time. */
    record Deferred(Duration laterIn) implements SendPermission {}
}
