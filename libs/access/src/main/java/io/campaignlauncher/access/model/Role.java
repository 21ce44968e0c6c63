package io.campaignlauncher.access.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody is trusted with. Outside it is a word: {@code super_admin}. */
public enum Role {
    ADVERTISER("advertiser"), PUBLISHER("publisher"), MODERATOR("moderator"), ADMIN("admin"), SUPER_ADMIN(
            "super_admin");

    /** Of everybody who registers. */
    public static final Set<Role> REGISTERED = only(ADVERTISER, PUBLISHER);
    private static final Set<Role> GIVEN_BY_ADMIN = only(ADVERTISER, PUBLISHER, MODERATOR);

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** As in tokens, tables and bodies. */
    public String word() {
        return word;
    }

    public static Optional<Role> named(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }

    /** In the order of their declaration. */
    public static List<String> words(Collection<Role> roles) {
        return Arrays.stream(values()).filter(roles::contains).map(Role::word).toList();
    }

    /** The roles that somebody with these roles may give and take away. */
    public static Set<Role> givenBy(Set<Role> giver) {
        if (giver.contains(SUPER_ADMIN)) {
            return Set.of(values());
        }
        return giver.contains(ADMIN) ? GIVEN_BY_ADMIN : Set.of();
    }

    private static Set<Role> only(Role first, Role... more) {
        return Collections.unmodifiableSet(EnumSet.of(first, more));
    }
}
