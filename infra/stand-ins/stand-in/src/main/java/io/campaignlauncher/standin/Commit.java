package io.campaignlauncher.standin;

import java.time.Duration;

/** Whether and when an operation that goes wrong takes effect all the same. */
public sealed interface Commit {

    /** It has no effect. */
    record Never() implements Commit {}

    /** It takes effect although the answer denies it or gets lost. */
    record AtOnce() implements Commit {}

    /** It takes effect this much later, whether or not anybody still waits. */
    record After(Duration delay) implements Commit {
        public After {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("a commit cannot come before its request: " + delay);
            }
        }
    }

    static Commit never() {
        return new Never();
    }

    static Commit atOnce() {
        return new AtOnce();
    }

    static Commit after(Duration delay) {
        return new After(delay);
    }
}
