package io.campaignlauncher.simulator.core;

/** What becomes of an answer: it arrives, the connection is closed instead, or the client waits for ever. */
public enum Fate {
    ANSWERED,
    CONNECTION_CLOSED,
    SILENCE
}
