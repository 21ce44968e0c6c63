package io.campaignlauncher.standalone;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A value that must not turn up, and is like no other, so that it is known wherever it does.
 *
 * @param what  its name in messages
 * @param value in plain
 */
record Planted(String what, String value) {

    private static final int LONG_ENOUGH = 8;

    Planted {
        if (value.length() < LONG_ENOUGH) {
            throw new IllegalArgumentException(what + " is too short to be told from anything else");
        }
    }

    /** What it may look like: in plain, in an address, in JSON, encoded or packed. */
    List<String> shapes() {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var url = URLEncoder.encode(value, StandardCharsets.UTF_8);
        return Stream.of(value, url, url.replace("+", "%20"), url.toLowerCase(Locale.ROOT),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), HexFormat.of().formatHex(bytes))
                .distinct().toList();
    }
}
