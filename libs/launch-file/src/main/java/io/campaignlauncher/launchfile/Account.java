package io.campaignlauncher.launchfile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a file do not say of the ad account that they are for.
 *
 * @param currency ISO code; null where it is not known, or none of Facebook's: amounts then stay as they were read
 * @param zone     in which its times are; null where it is not known: times without an offset then stay as they were
 *                 read
 */
public record Account(@Nullable String currency, @Nullable ZoneId zone) {

    /** developers.facebook.com/docs/marketing-api/currencies, "offset" 1. */
    private static final Set<String> WITHOUT_MINOR_UNITS = Set.of("CLP", "COP", "CRC", "HUF", "ISK", "IDR", "JPY",
            "KRW",
            "PYG", "TWD", "VND");
    /** The same page, "offset" 100. */
    private static final Set<String> OF_HUNDREDTHS = Set.of("AED", "ARS", "AUD", "BDT", "BGN", "BHD", "BOB", "BRL",
            "CAD",
            "CHF", "CNY", "CZK", "DKK", "DZD", "EGP", "EUR", "GBP", "GTQ", "HKD", "HNL", "HRK", "ILS", "INR", "JOD",
            "KES", "LKR", "LTL", "LVL", "MOP", "MXN", "MYR", "NGN", "NIO", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN",
            "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "SKK", "THB", "TRY", "UAH", "USD", "UYU", "VEF", "ZAR");

    public static final Account UNKNOWN = new Account(null, null);

    public boolean hasKnownCurrency() {
        return decimals() != null;
    }

    /** What minor units are in major ones, as {@code 12.50}; null where the currency is not known. */
    public @Nullable String major(BigInteger minor) {
        var decimals = decimals();
        return decimals == null ? null : new BigDecimal(minor, decimals).toPlainString();
    }

    /** Decimal places of the currency as Facebook counts it; null where it is not known. */
    public @Nullable Integer decimals() {
        if (currency == null) {
            return null;
        }
        return WITHOUT_MINOR_UNITS.contains(currency) ? Integer.valueOf(0)
                : OF_HUNDREDTHS.contains(currency) ? 2 : null;
    }
}
