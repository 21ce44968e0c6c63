package io.campaignlauncher.identity.store;

/** Tables of this service that somebody else writes and reads as well. */
public final class Tables {

    public static final String AUDIT = "identity.audit";

    private Tables() {}
}
