package io.campaignlauncher.console.http;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of pages of ours. */
final class Addresses {

    /** Characters that need no encoding; no query, nothing relative, no other host. */
    private static final Pattern OWN = Pattern.compile("/console(/[A-Za-z0-9-]+){0,3}");

    private Addresses() {}

    /** A form may send whatever it likes for where to go back to. */
    static URI ownOr(@Nullable String given, String otherwise) {
        return URI.create(given != null && OWN.matcher(given).matches() ? given : otherwise);
    }
}
