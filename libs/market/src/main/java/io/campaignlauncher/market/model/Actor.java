package io.campaignlauncher.market.model;

import java.util.Set;

/**
 * Who asks.
 *
 * @param tenant whose world they are in; nothing of another tenant exists for them
 * @param userId the subject, as their issuer names them
 * @param roles  as they are now
 */
public record Actor(String tenant, String userId, Set<Role> roles) {

    /** The user id of the marketplace itself. */
    public static final String SYSTEM_ID = "system";

    public Actor {
        roles = Set.copyOf(roles);
    }

    /** The marketplace itself: its timers, and its workers, whose reports it records. */
    public static Actor system(String tenant) {
        return new Actor(tenant, SYSTEM_ID, Set.of(Role.SYSTEM));
    }
}
