package io.campaignlauncher.graph;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address of the Graph API. Access tokens go there, so it is https, unless it is on this machine or somebody says otherwise. */
public final class BaseUrl {

    private static final String SETTING = "graph.base-url";

    private BaseUrl() {}

    /**
     * @param httpAllowed whether tokens may travel in plain text
     * @throws IllegalArgumentException in a sentence that names the setting
     */
    public static URI of(String text, boolean httpAllowed) {
        var url = parsed(text);
        var scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException(SETTING + " must begin with https:// (or http://), not " + text);
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(SETTING + " needs a host of letters, digits, '.' and '-': " + text
                    + " cannot be reached ('_' is not allowed in a host's name)");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(SETTING + " may hold no login, query or fragment");
        }
        if (scheme.equals("http") && !httpAllowed && !isThisMachine(url.getHost())) {
            throw new IllegalArgumentException(SETTING + " must be https, because access tokens go there: " + text
                    + "; graph.allow-http=true takes it all the same");
        }
        return url;
    }

    private static URI parsed(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(SETTING + " is not an address: " + e.getReason(), e);
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
