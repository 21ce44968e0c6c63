package io.campaignlauncher.schemas;

import org.jspecify.annotations.Nullable;

/** A record's bytes or headers are not what the contract says. It will never become readable by trying again. */
public final class UnreadableRecord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableRecord(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
