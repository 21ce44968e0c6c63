package io.campaignlauncher.console.model;

import java.util.Set;
import java.util.TreeSet;

/**
 * Who looks at a page.
 *
 * @param name     as people call them; empty: nobody known
 * @param roles    in lower case
 * @param loggedIn whether they are, and need not only sit at the machine
 */
public record Who(String name, Set<String> roles, boolean loggedIn) {

    public static final Who NOBODY = new Who("", Set.of(), false);

    public Who {
        roles = Set.copyOf(roles);
    }

    /** For people to read. */
    public String rolesText() {
        return String.join(", ", new TreeSet<>(roles));
    }

    /** Whether one of the roles is theirs: a page has no button for what its service would refuse. */
    public boolean isAny(String... those) {
        return Set.of(those).stream().anyMatch(roles::contains);
    }
}
