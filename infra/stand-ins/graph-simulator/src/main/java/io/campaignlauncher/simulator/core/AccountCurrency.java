package io.campaignlauncher.simulator.core;

import java.math.BigDecimal;

/**
 * Some of the currencies that an account may have. Facebook's offset, and not ISO 4217, says how many minor units are
 * one: of forints, rupiahs and Taiwan dollars it knows no smaller part. What a dollar is worth is rounded, as it only
 * scales the least budgets.
 */
public enum AccountCurrency {
    USD(100, 100),
    EUR(100, 90),
    GBP(100, 80),
    BRL(100, 550),
    INR(100, 8500),
    MXN(100, 1800),
    PLN(100, 400),
    TRY(100, 3500),
    CLP(1, 950),
    COP(1, 4200),
    CRC(1, 520),
    HUF(1, 360),
    IDR(1, 16_000),
    ISK(1, 140),
    JPY(1, 150),
    KRW(1, 1400),
    PYG(1, 7500),
    TWD(1, 32),
    VND(1, 25_000);

    private final int offset;
    private final int ofDollar;

    AccountCurrency(int offset, int ofDollar) {
        this.offset = offset;
        this.ofDollar = ofDollar;
    }

    /** How many minor units are one of this currency. */
    public int offset() {
        return offset;
    }

    /** About as much as so many US cents, and not nothing. */
    long minorUnits(long usCents) {
        return usCents == 0 ? 0 : Math.max(1, usCents * ofDollar / 100);
    }

    /** E.g. {@code 1.50 USD}, {@code 150 JPY}. */
    String text(long minorUnits) {
        return BigDecimal.valueOf(minorUnits, offset == 1 ? 0 : 2).toPlainString() + " " + name();
    }
}
