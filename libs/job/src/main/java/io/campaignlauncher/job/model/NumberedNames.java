package io.campaignlauncher.job.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives each repeated name the next free number: {@code Blue}, {@code Blue (2)}, {@code Blue (3)}. */
public final class NumberedNames {

    private final Set<String> taken;
    private final Set<String> given = new HashSet<>();
    private final Map<String, Integer> next = new HashMap<>();

    /** @param all names that there are, so that no numbered one becomes one of them */
    public NumberedNames(Collection<String> all) {
        taken = new HashSet<>(all);
    }

    public String next(String name) {
        if (given.add(name)) {
            return name;
        }
        int number = next.getOrDefault(name, 2);
        while (!taken.add(numbered(name, number))) {
            number++;
        }
        next.put(name, number + 1);
        return numbered(name, number);
    }

    private static String numbered(String name, int number) {
        var suffix = " (" + number + ")";
        return SlotNames.cut(name, LaunchPlan.NAME_CHARACTERS_MAX - suffix.length()) + suffix;
    }
}
