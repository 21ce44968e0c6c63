package io.campaignlauncher.console.model;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How amounts of an ad account are counted.
 *
 * @param account  whose currency it is; empty: it is assumed
 * @param currency of the account; empty: not known
 * @param decimals places after the point
 */
public record Money(String account, String currency, int decimals) {

    /** What most currencies are like, until the account was asked. */
    public static final Money ASSUMED = new Money("", "", 2);

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,12}(\\.\\d{1,4})?");

    public boolean isKnown() {
        return !account.isEmpty();
    }

    /** In the smallest unit of the currency; empty where that is not what the text says. */
    public Optional<Long> minorUnits(String amount) {
        if (!AMOUNT.matcher(amount).matches()) {
            return Optional.empty();
        }
        var exact = new BigDecimal(amount).movePointRight(decimals).stripTrailingZeros();
        return exact.scale() > 0 ? Optional.empty() : Optional.of(exact.longValueExact());
    }

    public String amount(long minorUnits) {
        return BigDecimal.valueOf(minorUnits, decimals).toPlainString();
    }

    /** What to write instead of an amount that is none. */
    public String rule() {
        return decimals == 0 ? "Write a whole amount: " + currency + " has no smaller unit."
                : "Write it with a point before the cents and with nothing else, such as 1234.50.";
    }
}
