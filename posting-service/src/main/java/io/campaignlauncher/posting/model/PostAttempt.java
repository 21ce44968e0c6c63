package io.campaignlauncher.posting.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request that was to make a post. It is stored before the request leaves.
 *
 * @param number      from 1
 * @param mark        a message id that was there before: the post is above it
 * @param requestHash of what was to be sent
 * @param begunAt     by the store's clock, like every time here
 * @param deadline    by then the request was written and has ended
 * @param claim       of the worker that sent it; 0: of nobody who is known
 * @param messageId   null until it is known
 * @param detail      what was seen; empty: nothing yet
 * @param wasUnknown  whether its outcome ever was unknown
 */
public record PostAttempt(int number, int mark, String requestHash, Instant begunAt, Instant deadline, long claim,
        Outcome outcome, @Nullable Integer messageId, String detail, boolean wasUnknown) {

    /** What is known of it. */
    public enum Outcome {
        /** The request may be leaving just now. */
        UNDER_WAY,
        /** It may have posted, or may still. */
        UNKNOWN,
        /** It has posted. */
        POSTED,
        /** It has certainly not posted and never will: it was refused, or nothing was written. */
        NOT_MADE,
        /** It was looked for after it could post no more, and is not there. */
        NOT_THERE
    }

    public static PostAttempt begun(int number, int mark, String requestHash, Instant begunAt, Instant deadline,
            long claim) {
        return new PostAttempt(number, mark, requestHash, begunAt, deadline, claim, Outcome.UNDER_WAY, null, "", false);
    }

    /**
     * One that the store may have forgotten.
     *
     * @param begunFrom it has not begun before
     */
    static PostAttempt forgotten(int number, int mark, String requestHash, Instant begunFrom, Instant deadline,
            String why) {
        return new PostAttempt(number, mark, requestHash, begunFrom, deadline, 0, Outcome.UNKNOWN, null, why, true);
    }

    /** Whether it may post, or may have posted, without our knowing. */
    public boolean open() {
        return switch (outcome) {
            case UNDER_WAY, UNKNOWN -> true;
            case POSTED, NOT_MADE, NOT_THERE -> false;
        };
    }

    /** From then on a read that does not show its post says that there is none. */
    public Instant settledAt(Duration settleDelay) {
        return deadline.plus(settleDelay);
    }

    PostAttempt unknown(String why) {
        return new PostAttempt(number, mark, requestHash, begunAt, deadline, claim, Outcome.UNKNOWN, null, why, true);
    }

    /** In doubt no less than until then. */
    PostAttempt unknownUntil(Instant earliest, String why) {
        return new PostAttempt(number, mark, requestHash, begunAt,
                deadline.isAfter(earliest) ? deadline : earliest, claim, Outcome.UNKNOWN, null, why, true);
    }

    PostAttempt posted(int id, String how) {
        return new PostAttempt(number, mark, requestHash, begunAt, deadline, claim, Outcome.POSTED, id, how,
                wasUnknown);
    }

    PostAttempt notMade(String why) {
        return new PostAttempt(number, mark, requestHash, begunAt, deadline, claim, Outcome.NOT_MADE, null, why,
                wasUnknown);
    }

    PostAttempt notThere() {
        return new PostAttempt(number, mark, requestHash, begunAt, deadline, claim, Outcome.NOT_THERE, null,
                detail + "; not there when it could come no more", true);
    }
}
