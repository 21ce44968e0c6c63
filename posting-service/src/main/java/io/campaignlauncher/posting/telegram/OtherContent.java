package io.campaignlauncher.posting.telegram;

import java.util.UUID;

/** A command to make another post under the name of one that is there. It is of no effect, and will be of none however often it comes. */
public final class OtherContent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OtherContent(UUID jobId) {
        super("post job " + jobId + " has another content already", null, false, false);
    }
}
