package io.campaignlauncher.simulator.core;

import java.time.DateTimeException;
import java.time.ZoneId;

/** What an account's money is counted in and when its day begins. */
public record AccountPlace(AccountCurrency currency, ZoneId timeZone) {

    public static final AccountPlace DEFAULTS = new AccountPlace(AccountCurrency.USD,
            ZoneId.of("America/Los_Angeles"));

    /**
     * @param timeZone e.g. {@code Asia/Kolkata}
     * @throws IllegalArgumentException when either is none
     */
    public static AccountPlace of(String currency, String timeZone) {
        try {
            return new AccountPlace(AccountCurrency.valueOf(currency), ZoneId.of(timeZone));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time zone: " + timeZone, e);
        }
    }
}
