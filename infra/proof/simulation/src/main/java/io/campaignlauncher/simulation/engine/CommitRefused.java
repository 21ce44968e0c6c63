package io.campaignlauncher.simulation.engine;

/** The store itself says no, and nothing was committed. */
public final class CommitRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException reason;

    /** @param reason as whoever asked is to get it */
    public CommitRefused(RuntimeException reason) {
        super(reason.getMessage(), reason, false, false);
        this.reason = reason;
    }

    public RuntimeException reason() {
        return reason;
    }
}
