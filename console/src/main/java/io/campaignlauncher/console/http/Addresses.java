package io.campaignlauncher.console.http;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of pages of ours. */
final class Addresses {

    /** Nothing relative, no other host; only the query may hold what needs encoding. */
    private static final Pattern OWN = Pattern
            .compile("/console(/[A-Za-z0-9_-]+){0,6}(\\?[A-Za-z0-9_.~%&=+:,-]{0,1000})?");

    private Addresses() {}

    /** A form may send whatever it likes for where to go back to. */
    static URI ownOr(@Nullable String given, String otherwise) {
        try {
            return URI.create(given != null && OWN.matcher(given).matches() ? given : otherwise);
        } catch (IllegalArgumentException e) {
            // A percent sign without its two digits.
            return URI.create(otherwise);
        }
    }
}
