package io.campaignlauncher.launchfile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Ids of Facebook, which are digits.
 *
 * @param prefix what Ads Manager writes before one so that spreadsheets leave it alone; empty for nothing
 * @param name   what such an id is of
 */
record Ids(String prefix, String name) implements Kind {

    static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+([.,]\\d+)?[eE][+-]?\\d+");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,20}");

    @Override
    public Reading read(String text, Account account) {
        var id = text.strip();
        if (!prefix.isEmpty() && id.startsWith(prefix)) {
            id = id.substring(prefix.length()).strip();
        }
        if (DIGITS.matcher(id).matches()) {
            return new Reading.Value(StringNode.valueOf(id));
        }
        return new Reading.Mistake(SCIENTIFIC.matcher(id).matches()
                ? "A spreadsheet has cut this id short. Format the column as text, and enter the id again."
                : "The id of " + name + " is digits" + (prefix.isEmpty() ? "" : ", with or without " + prefix
                        + " before them") + ". Copy it from Ads Manager.");
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        return value.isString() ? prefix + value.stringValue() : null;
    }
}
