package io.campaignlauncher.access.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request comes from: the peer's address, and behind proxies that are trusted the nearest that they name and do not trust
 * themselves. What anybody else claims in a header does not count.
 */
public final class PeerAddresses {

    /** Whoever has one address of IPv6 has all that share its first half. */
    private static final int IPV6_BYTES = 8;
    private static final String NONE = "-";
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<IpSubnetFilterRule> trusted;

    /** @param trustedProxies addresses or networks, as in {@code 10.0.0.0/8} */
    public PeerAddresses(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(PeerAddresses::network).toList();
    }

    /** As the text of an address of one's own, in hexadecimal digits. */
    public String of(ServerHttpRequest request) {
        var address = address(request);
        return address == null ? NONE : own(address);
    }

    /** As people write one; empty: not known. For a service that is asked on somebody's behalf. */
    public String text(ServerHttpRequest request) {
        var address = address(request);
        return address == null ? "" : NetUtil.toAddressString(address);
    }

    /** Whether it comes from the machine itself, and not from somebody behind a proxy on it. */
    public boolean isThisMachine(ServerHttpRequest request) {
        var address = address(request);
        return address != null && address.isLoopbackAddress();
    }

    private @Nullable InetAddress address(ServerHttpRequest request) {
        var peer = request.getRemoteAddress();
        if (peer == null || peer.getAddress() == null) {
            return null;
        }
        var address = peer.getAddress();
        if (!isTrusted(address)) {
            return address;
        }
        // Each proxy adds at the end whom it heard.
        for (var named : request.getHeaders().getOrEmpty(FORWARDED_FOR).reversed()) {
            for (var one : Arrays.asList(named.split(",")).reversed()) {
                var before = NetUtil.createInetAddressFromIpAddressString(one.strip());
                if (before == null) {
                    return address;
                }
                address = before;
                if (!isTrusted(address)) {
                    return address;
                }
            }
        }
        return address;
    }

    private boolean isTrusted(InetAddress address) {
        var socket = new InetSocketAddress(address, 0);
        return trusted.stream().anyMatch(network -> network.matches(socket));
    }

    /** @throws IllegalArgumentException for what is neither */
    private static IpSubnetFilterRule network(String text) {
        var parts = text.strip().split("/", 2);
        var address = NetUtil.createInetAddressFromIpAddressString(parts[0]);
        try {
            if (address != null) {
                int bits = address.getAddress().length * Byte.SIZE;
                return new IpSubnetFilterRule(address, parts.length == 1 ? bits : Integer.parseInt(parts[1]),
                        IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            // As for one that is no address.
        }
        throw new IllegalArgumentException("launch.http.trusted-proxies: " + text
                + " is no address and no network such as 10.0.0.0/8");
    }

    private static String own(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(
                address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_BYTES) : bytes);
    }
}
