package io.campaignlauncher.access.model;

import java.util.regex.Pattern;

/** What a tenant may be called: on topics, in tables and in tokens alike. */
public final class Tenants {

    /** The rule in words, for whoever has broken it. */
    public static final String RULE = "must be 1 to 63 small letters, digits and dashes, and not begin with a dash";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Tenants() {}

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
