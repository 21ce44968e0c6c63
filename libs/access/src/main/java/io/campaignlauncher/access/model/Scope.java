package io.campaignlauncher.access.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an API key is good for. */
public enum Scope {
    JOBS_LAUNCH("jobs:launch", false), JOBS_READ("jobs:read", false), CREDENTIALS_WRITE("credentials:write",
            false),
    DEPOSITS_WRITE("deposits:write", true), ACT_AS("act_as", true),
    /** For Prometheus, which cannot log in. */
    METRICS_READ("metrics:read", true);

    private final String word;
    private final boolean adminsOnly;

    Scope(String word, boolean adminsOnly) {
        this.word = word;
        this.adminsOnly = adminsOnly;
    }

    public String word() {
        return word;
    }

    public static Optional<Scope> named(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    public static List<String> words(Collection<Scope> scopes) {
        return Arrays.stream(values()).filter(scopes::contains).map(Scope::word).toList();
    }

    /** Scopes that somebody with these roles may put into a key. A key is worth no more than this at any time, whatever it says. */
    public static Set<Scope> within(Set<Role> roles) {
        boolean admin = roles.contains(Role.ADMIN) || roles.contains(Role.SUPER_ADMIN);
        var scopes = EnumSet.noneOf(Scope.class);
        for (var scope : values()) {
            if (admin || !scope.adminsOnly && roles.contains(Role.ADVERTISER)) {
                scopes.add(scope);
            }
        }
        return scopes;
    }
}
