package io.campaignlauncher.sendonce;

/** A request that got no complete answer. Carries no stack trace: what failed is the way to the server. */
public final class Unanswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** @param message for people; without token, address query or body */
    public Unanswered(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** How far the request got. */
    public enum Reason {
        /**
         * It never came to an attempt, for want of a free connection, of time or of a valid address: nothing was sent, and it
         * says nothing about the server.
         */
        NOT_TRIED(false),
        /** No connection could be made (refused, name not found, handshake failed, too slow): nothing was sent. */
        UNREACHABLE(false),
        /** Its answer was not complete in time: it may have taken effect, now or later. */
        TIMED_OUT(true),
        /** The connection broke or the answer could not be received: it may have taken effect. */
        BROKEN(true);

        private final boolean mayHaveLeft;

        Reason(boolean mayHaveLeft) {
            this.mayHaveLeft = mayHaveLeft;
        }

        /** Whether any byte of the request may have left. */
        public boolean mayHaveLeft() {
            return mayHaveLeft;
        }
    }
}
