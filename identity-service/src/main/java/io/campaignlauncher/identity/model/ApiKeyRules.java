package io.campaignlauncher.identity.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many API keys somebody may have, and for how long. */
public final class ApiKeyRules {

    /** The old one and the new one, while an app changes from one to the other. */
    public static final int LIVE_PER_NAME_MAX = 2;
    public static final int LIVE_PER_USER_MAX = 20;
    public static final int DAYS_MAX = 365;
    public static final int DAYS = 90;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Why there can be no further key. */
    public enum Refusal {
        TWO_OF_THIS_NAME, TOO_MANY
    }

    private ApiKeyRules() {}

    /** What is wrong with a name; null where nothing is. */
    public static @Nullable String nameMistake(String name) {
        return NAME.matcher(name).matches() ? null : "must be 1 to 64 letters, digits, dots, dashes and underscores";
    }

    /**
     * Whether there may be one more; null where there may.
     *
     * @param ofName live keys of the same name and user
     * @param ofUser live keys of the user
     */
    public static @Nullable Refusal oneMore(int ofName, int ofUser) {
        if (ofName >= LIVE_PER_NAME_MAX) {
            return Refusal.TWO_OF_THIS_NAME;
        }
        return ofUser >= LIVE_PER_USER_MAX ? Refusal.TOO_MANY : null;
    }
}
