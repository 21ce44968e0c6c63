package io.campaignlauncher.identity.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which passwords are taken: long ones of any characters, but none of those that everybody tries first. Nothing is cut off. */
public final class Passwords {

    public static final int CHARACTERS_MIN = 8;
    /** A bound on work: each is hashed. */
    public static final int CHARACTERS_MAX = 128;
    private static final Set<String> BLOCKED = blocked();

    private Passwords() {}

    /**
     * What is wrong with a password; null where nothing is.
     *
     * @param username normal, may be empty
     */
    public static @Nullable String mistake(String password, String username) {
        int characters = password.codePointCount(0, password.length());
        if (characters < CHARACTERS_MIN || characters > CHARACTERS_MAX) {
            return "must have " + CHARACTERS_MIN + " to " + CHARACTERS_MAX + " characters";
        }
        var small = password.toLowerCase(Locale.ROOT);
        if (!username.isEmpty() && small.contains(username)) {
            return "may not hold the name";
        }
        if (BLOCKED.contains(small) || small.codePoints().distinct().count() == 1) {
            return "is one of those that are tried first; choose another";
        }
        return null;
    }

    static int blockedCount() {
        return BLOCKED.size();
    }

    private static Set<String> blocked() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Passwords.class.getResourceAsStream("blocked-passwords.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank()).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
