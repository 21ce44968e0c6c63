package io.campaignlauncher.messaging;

import java.util.Arrays;
import java.util.Optional;

/** What people may stop at any time. Work waits meanwhile; nothing is lost and nothing is given up. */
public enum KillSwitch {

    /** Requests become jobs. */
    INTAKE("intake", "requests wait on campaign.commands"),

    /** Entities are created. */
    CREATION("creation", "creation commands wait, rounds that were begun go on to their end"),

    /** Entities are deleted. */
    ROLLBACK("rollback", "deletion requests wait");

    private final String wireName;
    private final String meaningOfOff;

    KillSwitch(String wireName, String meaningOfOff) {
        this.wireName = wireName;
        this.meaningOfOff = meaningOfOff;
    }

    /** Its name in settings, addresses and records. */
    public String wireName() {
        return wireName;
    }

    String meaningOfOff() {
        return meaningOfOff;
    }

    public static Optional<KillSwitch> named(String wireName) {
        return Arrays.stream(values()).filter(one -> one.wireName.equals(wireName)).findFirst();
    }
}
