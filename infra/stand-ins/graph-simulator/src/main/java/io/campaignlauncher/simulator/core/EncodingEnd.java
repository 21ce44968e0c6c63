package io.campaignlauncher.simulator.core;

/** How the encoding of a video ends, if it does. */
public enum EncodingEnd {
    READY,
    ERROR,
    NEVER
}
