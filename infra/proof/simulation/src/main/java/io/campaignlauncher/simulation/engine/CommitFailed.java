package io.campaignlauncher.simulation.engine;

/** What was to be committed is, or is not: nobody was told. */
public final class CommitFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommitFailed(String message) {
        super(message, null, false, false);
    }
}
