package io.campaignlauncher.simulator.core;

/** Ids: numbers in strings, 18 digits, rising, the same in every run. */
final class Ids {

    private static final long FIRST = 120_200_000_000_000_000L;

    private long last = FIRST;
    private long traces;

    long next() {
        return last += 10;
    }

    long nextTrace() {
        return ++traces;
    }

    /** The number in a string of up to 18 digits; 0 for anything else. */
    static long number(String text) {
        int length = text.length();
        if (length == 0 || length > 18) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
