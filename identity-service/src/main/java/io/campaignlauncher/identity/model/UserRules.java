package io.campaignlauncher.identity.model;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may make and change which users. */
public final class UserRules {

    /** Why a user is not made or changed. */
    public enum Refusal {
        /** A role is given or taken that the actor may not give. */
        ROLE_NOT_YOURS_TO_GIVE,
        /** One's own roles and one's own lock are for others to change. */
        NOT_ONESELF,
        /** Somebody must be left who can give every role. */
        LAST_SUPER_ADMIN
    }

    private UserRules() {}

    /** Whether the user is one that the actor can see at all. */
    public static boolean sees(Principal actor, String tenant) {
        return actor.roles().contains(Role.SUPER_ADMIN) || actor.tenant().equals(tenant);
    }

    /** Null where a user with these roles may be made. */
    public static @Nullable Refusal make(Principal actor, Set<Role> roles) {
        return Role.givenBy(actor.roles()).containsAll(roles) ? null : Refusal.ROLE_NOT_YOURS_TO_GIVE;
    }

    /**
     * Null where the change may be made.
     *
     * @param before          the user's roles until now
     * @param after           the same where they stay
     * @param disabledAfter   whether the user is locked out then
     * @param passwordOnly    nothing else changes
     * @param otherSuperAdmins besides this user, not disabled
     */
    public static @Nullable Refusal change(Principal actor, UUID userId, Set<Role> before, Set<Role> after,
            boolean disabledAfter, boolean passwordOnly, int otherSuperAdmins) {
        if (actor.userId().equals(userId)) {
            return passwordOnly ? null : Refusal.NOT_ONESELF;
        }
        var own = Role.givenBy(actor.roles());
        if (!own.containsAll(before) || !own.containsAll(after)) {
            return Refusal.ROLE_NOT_YOURS_TO_GIVE;
        }
        boolean leaves = before.contains(Role.SUPER_ADMIN) && (disabledAfter || !after.contains(Role.SUPER_ADMIN));
        return leaves && otherSuperAdmins == 0 ? Refusal.LAST_SUPER_ADMIN : null;
    }
}
