package io.campaignlauncher.access.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Where a request comes from, as far as it is one's own: the peer's address. Headers that claim another do not count. */
public final class PeerAddress {

    /** Whoever has one address of IPv6 has all that share its first half. */
    private static final int IPV6_BYTES = 8;
    private static final String NONE = "-";

    private PeerAddress() {}

    /** In hexadecimal digits. */
    public static String of(ServerHttpRequest request) {
        var peer = request.getRemoteAddress();
        return peer == null || peer.getAddress() == null ? NONE : own(peer.getAddress());
    }

    private static String own(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(
                address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_BYTES) : bytes);
    }
}
