package io.campaignlauncher.access.model;

/** For whom somebody may launch. Whatever they launch is in their own tenant, and theirs. */
public final class LaunchRules {

    private LaunchRules() {}

    /**
     * Admins launch for anybody, everybody else for themselves. A key is good for what it says: with {@code act_as} for anybody,
     * without for its owner, whatever the owner's roles.
     *
     * @param userId whom a launch would be for
     */
    public static boolean mayLaunchFor(Principal principal, String userId) {
        return userId.equals(principal.subject()) || switch (principal.means()) {
            case Principal.Key key -> key.scopes().contains(Scope.ACT_AS);
            case Principal.Session _,Principal.ForeignToken _,Principal.ThisMachine _ ->
                principal.roles().contains(Role.ADMIN)
                        || principal.roles().contains(Role.SUPER_ADMIN);
        };
    }
}
