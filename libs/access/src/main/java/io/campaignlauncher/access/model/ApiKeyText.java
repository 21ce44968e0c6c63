package io.campaignlauncher.access.model;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An API key as it is shown once: {@code cl_}, 12 hexadecimal digits to find it by, and 256 random bits. Its prefix may be in lists
 * and logs, the rest nowhere.
 *
 * @param prefix {@code cl_} and the digits
 * @param text   all of it
 */
public record ApiKeyText(String prefix, String text) {

    public static final String MARK = "cl_";
    private static final int PREFIX_BYTES = 6;
    private static final Pattern PREFIX = Pattern.compile("cl_[0-9a-f]{12}");
    private static final Pattern FORM = Pattern.compile("(" + PREFIX + ")_[A-Za-z0-9_-]{43}");

    public static ApiKeyText next(SecureRandom random) {
        var digits = new byte[PREFIX_BYTES];
        random.nextBytes(digits);
        var prefix = MARK + HexFormat.of().formatHex(digits);
        return new ApiKeyText(prefix, prefix + "_" + Secrets.next(random));
    }

    /** Empty for what cannot be one. */
    public static Optional<ApiKeyText> of(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new ApiKeyText(matcher.group(1), text)) : Optional.empty();
    }

    /** Whether a key may begin so. */
    public static boolean isPrefix(String text) {
        return PREFIX.matcher(text).matches();
    }

    @Override
    public String toString() {
        return prefix;
    }
}
