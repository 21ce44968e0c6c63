package io.campaignlauncher.identity.model;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a user may be called. */
public final class UserNames {

    /** Small letters, so that no two names look alike but for their case. */
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{2,63}");

    private UserNames() {}

    /** As it is stored and compared. */
    public static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a name, for whoever chose it; null where nothing is. */
    public static @Nullable String mistake(String name) {
        return FORM.matcher(normal(name)).matches() ? null
                : "must be 3 to 64 letters, digits, dots, dashes and underscores, and begin with a letter or digit";
    }
}
