package io.campaignlauncher.standin;

/** What becomes of an answer. */
public enum Fate {
    /** It arrives. */
    ANSWERED,
    /** The connection is closed in its place. */
    CONNECTION_CLOSED,
    /** The connection is reset in its place. */
    CONNECTION_RESET,
    /** Its head and the first half of its body arrive, then the connection is closed. */
    CUT_SHORT,
    /** The client waits for ever. */
    SILENCE;

    /** Whether the client sees nothing at all of the answer. */
    public boolean isNoAnswer() {
        return this != ANSWERED && this != CUT_SHORT;
    }
}
