package io.campaignlauncher.telegram.simulator.core;

/** What an administrator of a channel may do with its messages. Own posts need {@code post} alone. */
public record Rights(boolean post, boolean edit, boolean delete) {

    public static final Rights POST = new Rights(true, false, false);
    public static final Rights NONE = new Rights(false, false, false);
    public static final Rights ALL = new Rights(true, true, true);
}
