package io.campaignlauncher.console.model.market;

import io.campaignlauncher.console.model.Launches;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Money, with two decimals and thousands apart. */
public record Amount(BigDecimal value) {

    private static final int DECIMALS = 2;
    private static final char MINUS = '−';
    private static final int HUNDRED = 100;

    /** Of a field of an answer; nothing where it is not there, or none. */
    public static Amount in(JsonNode node, String field) {
        return of(Launches.text(node, field));
    }

    static Amount of(String text) {
        try {
            return new Amount(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return new Amount(BigDecimal.ZERO);
        }
    }

    Amount minus(Amount other) {
        return new Amount(value.subtract(other.value));
    }

    boolean isNothing() {
        return value.signum() == 0;
    }

    /** Of a hundred parts of the whole, how many this is. */
    int percentOf(Amount whole) {
        return whole.value.signum() <= 0 ? 0
                : Math.clamp(value.multiply(BigDecimal.valueOf(HUNDRED)).divide(whole.value, 0, RoundingMode.HALF_UP)
                        .longValue(), 0, HUNDRED);
    }

    /** As {@code 1,234.50}. */
    public String shown() {
        return String.format(Locale.ROOT, "%,." + DECIMALS + "f", value).replace('-', MINUS);
    }

    /** With a sign, as {@code +10.00} or {@code −10.00}. */
    public String signed() {
        return value.signum() < 0 ? shown() : "+" + shown();
    }

    public boolean comesIn() {
        return value.signum() > 0;
    }
}
