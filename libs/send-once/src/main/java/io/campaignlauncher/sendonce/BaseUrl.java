package io.campaignlauncher.sendonce;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address of an API that is reached with a token: it is https, unless it is on this machine or somebody says otherwise. */
public final class BaseUrl {

    private BaseUrl() {}

    /**
     * @param group       of the settings: the address is {@code <group>.base-url}
     * @param httpAllowed whether tokens may travel in plain text, {@code <group>.allow-http}
     * @throws IllegalArgumentException in a sentence that names the setting
     */
    public static URI of(String group, String text, boolean httpAllowed) {
        var setting = group + ".base-url";
        var url = parsed(setting, text);
        var scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException(setting + " must begin with https:// (or http://), not " + text);
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(setting + " needs a host of letters, digits, '.' and '-': " + text
                    + " cannot be reached ('_' is not allowed in a host's name)");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(setting + " may hold no login, query or fragment");
        }
        if (scheme.equals("http") && !httpAllowed && !isThisMachine(url.getHost())) {
            throw new IllegalArgumentException(setting + " must be https, because access tokens go there: " + text
                    + "; " + group + ".allow-http=true takes it all the same");
        }
        return url;
    }

    private static URI parsed(String setting, String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(setting + " is not an address: " + e.getReason(), e);
        }
    }

    private static boolean isThisMachine(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        var literal = literal(name);
        return literal == null ? name.equals("localhost") || name.endsWith(".localhost") : literal.isLoopbackAddress();
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (IllegalArgumentException isName) {
            return null;
        }
    }
}
