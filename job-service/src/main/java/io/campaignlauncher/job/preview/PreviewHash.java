package io.campaignlauncher.job.preview;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells one preview from another, part by part: what was asked for, and what was found.
 *
 * @param parts the hash of each part, by its name
 */
public record PreviewHash(Map<String, String> parts) {

    private static final String VERSION = "v1";
    private static final List<String> PARTS = List.of("request", "names", "calls", "price", "account", "checks");
    private static final int DIGITS = 16;
    private static final Pattern TEXT = Pattern.compile(
            VERSION + "(\\.[0-9a-f]{" + DIGITS + "}){" + PARTS.size() + "}");

    static PreviewHash of(Object request, Object names, Object calls, Object price, Object account, Object checks) {
        var parts = new LinkedHashMap<String, String>();
        var values = List.of(request, names, calls, price, account, checks);
        for (int i = 0; i < PARTS.size(); i++) {
            parts.put(PARTS.get(i), digest(JsonMapper.shared().writeValueAsString(values.get(i))));
        }
        return new PreviewHash(parts);
    }

    public static boolean isHash(String text) {
        return TEXT.matcher(text).matches();
    }

    public String text() {
        return VERSION + "." + String.join(".", parts.values());
    }

    /** The parts that differ from those of a {@linkplain #isHash hash}. */
    public List<String> differing(String other) {
        var others = other.split("\\.");
        return PARTS.stream().filter(part -> !others[PARTS.indexOf(part) + 1].equals(parts.get(part))).toList();
    }

    private static String digest(String text) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
