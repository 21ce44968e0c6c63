package io.campaignlauncher.console.model;

import java.util.Set;

/**
 * Who looks at a page.
 *
 * @param name  as people call them; empty: nobody known
 * @param roles in lower case
 */
public record Who(String name, Set<String> roles) {

    public static final Who NOBODY = new Who("", Set.of());

    public Who {
        roles = Set.copyOf(roles);
    }

    /** Whether one of the roles is theirs: a page has no button for what its service would refuse. */
    public boolean isAny(String... those) {
        return Set.of(those).stream().anyMatch(roles::contains);
    }
}
