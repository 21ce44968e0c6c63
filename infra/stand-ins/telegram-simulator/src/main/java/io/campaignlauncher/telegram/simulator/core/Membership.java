package io.campaignlauncher.telegram.simulator.core;

import java.util.Locale;

/**
 * What somebody is in a channel.
 *
 * @param rights those of an administrator; nothing for others
 */
public record Membership(Status status, Rights rights) {

    public enum Status {
        CREATOR, ADMINISTRATOR, MEMBER, LEFT, KICKED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Membership LEFT = new Membership(Status.LEFT, Rights.NONE);
    public static final Membership KICKED = new Membership(Status.KICKED, Rights.NONE);
    public static final Membership MEMBER = new Membership(Status.MEMBER, Rights.NONE);

    public static Membership administrator(Rights rights) {
        return new Membership(Status.ADMINISTRATOR, rights);
    }

    boolean isInside() {
        return status != Status.LEFT && status != Status.KICKED;
    }
}
