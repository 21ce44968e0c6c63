package io.campaignlauncher.tools.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the texts of an event's row from their bytes, without making a {@code String} of each. Used by one thread. */
final class TextFields {

    private static final int UUID_LENGTH = 36;
    private static final int DASHES = 1 << 8 | 1 << 13 | 1 << 18 | 1 << 23;
    private static final int HALF = 18;
    private static final int SECONDS_LENGTH = "2026-01-01T00:00:00".length();
    private static final int DATE_LENGTH = "2026-01-01".length();
    private static final int NANOS_DIGITS = 9;
    private static final long SECONDS_A_DAY = 86_400;
    private static final byte[] HEX = new byte[128];
    private static final int NAMES = 256;

    static {
        Arrays.fill(HEX, (byte) -1);
        for (int digit = 0; digit < 16; digit++) {
            HEX["0123456789abcdef".charAt(digit)] = (byte) digit;
            HEX["0123456789ABCDEF".charAt(digit)] = (byte) digit;
        }
    }

    private final byte[][] nameBytes = new byte[NAMES][];
    private final @Nullable String[] names = new @Nullable String[NAMES];
    private long lastDate;
    private long lastDay;

    /** @return null where it is none */
    @Nullable
    UUID uuid(byte[] bytes, int from, int to) {
        if (to - from != UUID_LENGTH) {
            return null;
        }
        long high = 0;
        long low = 0;
        int wrong = 0;
        for (int i = 0; i < UUID_LENGTH; i++) {
            byte character = bytes[from + i];
            if (i < 32 && (DASHES >>> i & 1) == 1) {
                wrong |= (character ^ '-') << 4;
                continue;
            }
            int digit = character < 0 ? -1 : HEX[character];
            wrong |= digit;
            if (i < HALF) {
                high = high << 4 | digit & 15;
            } else {
                low = low << 4 | digit & 15;
            }
        }
        return (wrong & ~15) == 0 ? new UUID(high, low) : null;
    }

    /** @throws java.time.format.DateTimeParseException where it is none */
    Instant time(byte[] bytes, int from, int to) {
        if (to - from <= SECONDS_LENGTH || bytes[to - 1] != 'Z' || bytes[from + DATE_LENGTH] != 'T') {
            return parsed(bytes, from, to);
        }
        long date = digits(bytes, from, 4) * 10_000L + digits(bytes, from + 5, 2) * 100L + digits(bytes, from + 8, 2);
        if (date < 0) {
            return parsed(bytes, from, to);
        }
        if (date != lastDate) {
            lastDay = LocalDate.of((int) (date / 10_000), (int) (date / 100 % 100), (int) (date % 100)).toEpochDay();
            lastDate = date;
        }
        int hours = digits(bytes, from + 11, 2);
        int minutes = digits(bytes, from + 14, 2);
        int seconds = digits(bytes, from + 17, 2);
        int nanos = nanos(bytes, from + SECONDS_LENGTH, to - 1);
        if ((hours | minutes | seconds | nanos) < 0) {
            return parsed(bytes, from, to);
        }
        return Instant.ofEpochSecond(lastDay * SECONDS_A_DAY + hours * 3_600L + minutes * 60L + seconds, nanos);
    }

    /** The same {@code String} for the same bytes, as long as there are few different ones. */
    String name(byte[] bytes, int from, int to) {
        int length = to - from;
        int place = length == 0 ? 0
                : (length * 31 + bytes[from] * 7 + bytes[from + length / 2] * 13 + bytes[to - 1]) & NAMES - 1;
        var known = nameBytes[place];
        var name = names[place];
        if (known == null || name == null || !Arrays.equals(known, 0, known.length, bytes, from, to)) {
            name = new String(bytes, from, length, StandardCharsets.UTF_8);
            nameBytes[place] = Arrays.copyOfRange(bytes, from, to);
            names[place] = name;
        }
        return name;
    }

    private static Instant parsed(byte[] bytes, int from, int to) {
        return Instant.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** @return negative where another character is among them */
    private static int digits(byte[] bytes, int from, int count) {
        int value = 0;
        int wrong = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            wrong |= digit | 9 - digit;
            value = value * 10 + digit;
        }
        return wrong < 0 ? Integer.MIN_VALUE : value;
    }

    /** @param from where the point stands, or {@code to} where there is none */
    private static int nanos(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        int count = to - from - 1;
        if (bytes[from] != '.' || count < 1 || count > NANOS_DIGITS) {
            return -1;
        }
        int value = digits(bytes, from + 1, count);
        for (int i = count; i < NANOS_DIGITS && value > 0; i++) {
            value *= 10;
        }
        return value;
    }
}
