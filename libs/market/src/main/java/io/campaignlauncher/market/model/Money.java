package io.campaignlauncher.market.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of the one currency, with two decimals, as {@code numeric(19,2)} holds it: 17 digits before the point at most.
 *
 * @param amount its scale is 2; below zero only in ledger entries and in the balance of {@code external}
 */
public record Money(BigDecimal amount) implements Comparable<Money> {

    // Before the first amount, which is compared with it.
    private static final BigDecimal STORED_MAX = new BigDecimal("99999999999999999.99");

    public static final Money ZERO = new Money(BigDecimal.ZERO.setScale(2));
    /** The largest amount that anybody may give. */
    public static final Money INPUT_MAX = new Money(new BigDecimal("999999999999.99"));
    private static final Pattern FORM = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,2})?");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final BigDecimal BASIS_POINTS = new BigDecimal(10_000);

    /** @throws ArithmeticException where the amount has no place in {@code numeric(19,2)} */
    public Money {
        amount = amount.setScale(2, RoundingMode.UNNECESSARY);
        if (amount.abs().compareTo(STORED_MAX) > 0) {
            throw new ArithmeticException("more than numeric(19,2) holds");
        }
    }

    /**
     * What is wrong with an amount that somebody gives; null where nothing is. Right is a decimal number above zero, in digits, with at
     * most two decimals and without a sign or an exponent: {@code 10}, {@code 10.5}, {@code 10.50}.
     */
    public static @Nullable String mistake(String text) {
        if (FORM.matcher(text).matches()) {
            return new BigDecimal(text).signum() > 0 ? null : "must be above zero";
        }
        if (!NUMBER.matcher(text).matches()) {
            return "must be a decimal number in digits, such as 10.50";
        }
        if (text.startsWith("-")) {
            return "must be above zero";
        }
        return text.indexOf('.') >= 0 && text.length() - text.indexOf('.') > 3 ? "may have at most two decimals"
                : "may be at most " + INPUT_MAX;
    }

    /** @throws IllegalArgumentException where the text has a {@link #mistake} */
    public static Money of(String text) {
        var mistake = mistake(text);
        if (mistake != null) {
            throw new IllegalArgumentException("an amount " + mistake);
        }
        return new Money(new BigDecimal(text));
    }

    public static Money sum(Collection<Money> amounts) {
        return amounts.stream().reduce(ZERO, Money::plus);
    }

    public Money plus(Money other) {
        return new Money(amount.add(other.amount));
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(other.amount));
    }

    public Money negated() {
        return new Money(amount.negate());
    }

    /** Whether the sum of both has a place in {@code numeric(19,2)}. */
    boolean fitsWith(Money other) {
        return amount.add(other.amount).abs().compareTo(STORED_MAX) <= 0;
    }

    /** A part of it, without what is less than a hundredth. @param basisPoints hundredths of a per cent, 0 to 10,000 */
    Money part(int basisPoints) {
        return new Money(amount.multiply(BigDecimal.valueOf(basisPoints)).divide(BASIS_POINTS, 2, RoundingMode.DOWN));
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(other.amount);
    }

    /** As in HTTP: {@code 10.50}. */
    @Override
    public String toString() {
        return amount.toPlainString();
    }
}
