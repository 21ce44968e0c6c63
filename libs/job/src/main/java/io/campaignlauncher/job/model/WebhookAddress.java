package io.campaignlauncher.job.model;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an address may look like that is told of jobs. Judges the text alone, without asking the network what a name stands
 * for; whoever connects has to check that again, with {@link PublicAddresses}.
 */
public final class WebhookAddress {

    public static final int CHARACTERS_MAX = 2000;
    private static final int PORT_MAX = 65_535;

    private WebhookAddress() {}

    /**
     * @param privateAllowed addresses within one's own network, and http instead of https
     * @return what is wrong with it, to be read after its name; null where nothing is. It repeats nothing of the address
     */
    public static @Nullable String mistake(String address, boolean privateAllowed) {
        if (address.length() > CHARACTERS_MAX) {
            return "may have at most " + CHARACTERS_MAX + " characters";
        }
        var needed = privateAllowed ? "must be an https or http address" : "must be an https address";
        var uri = parsed(address);
        if (uri != null && uri.getHost() == null && hasHostButForUnderscores(uri)) {
            return "must have a host without '_': no certificate can be checked for such a name";
        }
        if (uri == null || uri.getHost() == null || !schemeFits(uri, privateAllowed)) {
            return needed;
        }
        if (uri.getRawUserInfo() != null) {
            return "may hold no user name and no password";
        }
        if (uri.getPort() == 0 || uri.getPort() > PORT_MAX) {
            return "must have a port from 1 to " + PORT_MAX;
        }
        return hostMistake(uri.getHost(), privateAllowed);
    }

    /** Scheme, host and port: what may be shown, because nobody keeps a secret there. */
    public static String shown(String address) {
        var uri = parsed(address);
        if (uri == null || uri.getHost() == null) {
            return "an address that cannot be read";
        }
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /** The host in small letters: all addresses of one host share its limits. */
    public static String host(String address) {
        var uri = parsed(address);
        return uri == null || uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static @Nullable URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean hasHostButForUnderscores(URI uri) {
        var authority = uri.getRawAuthority();
        if (authority == null || !authority.contains("_")) {
            return false;
        }
        var without = parsed(uri.getScheme() + "://" + authority.replace('_', 'u'));
        return without != null && without.getHost() != null;
    }

    private static boolean schemeFits(URI uri, boolean privateAllowed) {
        return "https".equals(uri.getScheme()) || privateAllowed && "http".equals(uri.getScheme());
    }

    private static @Nullable String hostMistake(String host, boolean privateAllowed) {
        InetAddress literal;
        try {
            literal = literal(host);
        } catch (IllegalArgumentException e) {
            return "must give its IP address in the usual form";
        }
        var isPublic = literal == null ? !namesThisMachine(host) : PublicAddresses.contain(literal);
        return isPublic || privateAllowed ? null : "must be a public address";
    }

    /**
     * The IP address that the host is; null for a name.
     *
     * @throws IllegalArgumentException for one in a notation that programs read differently, such as octal numbers
     */
    private static @Nullable InetAddress literal(String host) {
        if (host.startsWith("[")) {
            return Inet6Address.ofLiteral(host.substring(1, host.length() - 1));
        }
        Inet4Address ipv4;
        try {
            ipv4 = Inet4Address.ofPosixLiteral(host);
        } catch (IllegalArgumentException isName) {
            return null;
        }
        if (!ipv4.getHostAddress().equals(host)) {
            throw new IllegalArgumentException("not four decimal numbers");
        }
        return ipv4;
    }

    private static boolean namesThisMachine(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        var relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return relative.equals("localhost") || relative.endsWith(".localhost");
    }
}
