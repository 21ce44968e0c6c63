package io.campaignlauncher.market.model;

import java.util.Arrays;
import java.util.Optional;

/** As what somebody acts here. The words are those of tokens; {@code system} is the marketplace itself and its workers. */
public enum Role {
    ADVERTISER, PUBLISHER, MODERATOR, ADMIN, SUPER_ADMIN, SYSTEM;

    /** As in tokens, tables and messages. */
    public String word() {
        return Words.of(this);
    }

    public static Optional<Role> named(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
