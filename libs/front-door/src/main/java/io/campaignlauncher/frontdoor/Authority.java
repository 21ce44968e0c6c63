package io.campaignlauncher.frontdoor;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host with or without a port, as the header Host and addresses have it.
 *
 * @param host in small letters, an IPv6 address in brackets
 * @param port -1 where none is given
 */
record Authority(String host, int port) {

    private static final Pattern FORM = Pattern
            .compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253})(?::(\\d{1,5}))?");

    /** Null where the text is no such thing; so a user's name or a blank before the host is none. */
    static @Nullable Authority of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        return new Authority(form.group(1).toLowerCase(Locale.ROOT),
                form.group(2) == null ? -1 : Integer.parseInt(form.group(2)));
    }

    /** An address or a name as settings have it, an IPv6 address with or without brackets. */
    static @Nullable Authority ofSetting(String text) {
        var stripped = text.strip();
        return stripped.indexOf(':') != stripped.lastIndexOf(':') && !stripped.startsWith("[")
                ? of("[" + stripped + "]") : of(stripped);
    }

    boolean isAt(Authority other, int defaultPort) {
        return host.equals(other.host) && orDefault(port, defaultPort) == orDefault(other.port, defaultPort);
    }

    private static int orDefault(int port, int defaultPort) {
        return port < 0 ? defaultPort : port;
    }
}
