package io.campaignlauncher.launchfile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Images by their hash, in exports with the account before it: {@code 1001:0123…}. */
record ImageHashes() implements Kind {

    private static final Pattern HASH = Pattern.compile("(?:\\d{1,20}:)?([0-9a-f]{32})");

    @Override
    public Reading read(String text, Account account) {
        var hash = HASH.matcher(text.strip());
        return hash.matches()
                ? new Reading.Value(StringNode.valueOf(hash.group(1)))
                : new Reading.Mistake("The hash of an image is 32 digits and letters from a to f."
                        + " Copy it from the account's images, or give the name of a file instead.");
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        return value.isString() ? value.stringValue() : null;
    }
}
