package io.campaignlauncher.launchfile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

/** Whole numbers from one to another. */
record Numbers(int from, int to) implements Kind {

    private static final Pattern DIGITS = Pattern.compile("(\\d{1,9})\\+?");

    @Override
    public Reading read(String text, Account account) {
        var digits = DIGITS.matcher(text.strip());
        int number = digits.matches() ? Integer.parseInt(digits.group(1)) : from - 1;
        return number < from || number > to
                ? new Reading.Mistake("A whole number from " + from + " to " + to + " belongs here.")
                : new Reading.Value(IntNode.valueOf(number));
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        return value.isInt() ? Integer.toString(value.intValue()) : null;
    }
}
