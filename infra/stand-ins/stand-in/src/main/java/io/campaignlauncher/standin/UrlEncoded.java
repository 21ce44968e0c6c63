package io.campaignlauncher.standin;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reading and writing {@code application/x-www-form-urlencoded}, without regular expressions, leniently. */
public final class UrlEncoded {

    private UrlEncoded() {}

    /** Names to values, decoded; of a repeated name the last one counts. */
    public static Map<String, String> decode(String text) {
        var result = new LinkedHashMap<String, String>();
        decodeInto(result, text);
        return result;
    }

    public static void decodeInto(Map<String, String> result, String text) {
        int position = 0;
        int length = text.length();
        while (position < length) {
            int end = text.indexOf('&', position);
            if (end < 0) {
                end = length;
            }
            if (end > position) {
                int equals = text.indexOf('=', position);
                if (equals < 0 || equals > end) {
                    result.put(component(text, position, end), "");
                } else {
                    result.put(component(text, position, equals), component(text, equals + 1, end));
                }
            }
            position = end + 1;
        }
    }

    /** One decoded component; a broken escape is taken as it stands. */
    public static String component(String text, int from, int to) {
        int first = from;
        while (first < to && text.charAt(first) != '%' && text.charAt(first) != '+') {
            first++;
        }
        if (first == to) {
            return text.substring(from, to);
        }
        var plain = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
        int written = 0;
        for (int i = 0; i < plain.length; i++) {
            int value = plain[i];
            if (value == '+') {
                value = ' ';
            } else if (value == '%' && i + 2 < plain.length) {
                int high = Character.digit(plain[i + 1], 16);
                int low = Character.digit(plain[i + 2], 16);
                if (high >= 0 && low >= 0) {
                    value = high << 4 | low;
                    i += 2;
                }
            }
            plain[written++] = (byte) value;
        }
        return new String(plain, 0, written, StandardCharsets.UTF_8);
    }
}
