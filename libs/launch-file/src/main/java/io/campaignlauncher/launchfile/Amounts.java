package io.campaignlauncher.launchfile;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/**
 * Money: major units of the account's currency in a file, minor units in a launch. Zero is what Ads Manager writes for
 * none.
 */
record Amounts() implements Kind {

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,13}(\\.\\d{1,2})?");

    @Override
    public Reading read(String text, Account account) {
        var amount = text.strip();
        if (!AMOUNT.matcher(amount).matches()) {
            return new Reading.Mistake("This may mean more than one amount, or none. Write it with a point before the"
                    + " cents and with nothing else, such as 1234.50.");
        }
        var major = new BigDecimal(amount);
        var decimals = account.decimals();
        if (major.signum() == 0) {
            return Reading.NOTHING;
        }
        if (decimals == null) {
            return new Reading.Value(StringNode.valueOf(amount));
        }
        var minor = major.movePointRight(decimals).stripTrailingZeros();
        return minor.scale() > 0
                ? new Reading.Mistake(
                        "The currency " + account.currency() + " has no smaller unit. Write a whole amount.")
                : new Reading.Value(number(minor.longValueExact()));
    }

    /** As a number is that comes out of JSON. */
    private static JsonNode number(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        return value.isIntegralNumber() && value.canConvertToLong() ? account.major(value.bigIntegerValue()) : null;
    }
}
