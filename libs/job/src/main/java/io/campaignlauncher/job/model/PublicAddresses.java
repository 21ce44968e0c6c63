package io.campaignlauncher.job.model;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells the addresses of the public internet from those that mean this machine, its network, or nobody: the special-purpose
 * registries of the IANA. An address that carries an IPv4 address within itself is judged by that one.
 */
public final class PublicAddresses {

    private static final List<Block> IPV4_NOT_PUBLIC = blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
            "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");
    /** Of IPv6 only this block is given out; within it, these are not public. */
    private static final Block IPV6_GIVEN_OUT = Block.of("2000::/3");
    private static final List<Block> IPV6_NOT_PUBLIC = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");
    /** How IPv4 hosts are called in networks that have IPv6 alone. */
    private static final Block IPV4_BY_NAT64 = Block.of("64:ff9b::/96");

    private PublicAddresses() {}

    public static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return outside(IPV4_NOT_PUBLIC, address);
        }
        if (IPV4_BY_NAT64.holds(address)) {
            return outside(IPV4_NOT_PUBLIC, lastFourBytes(address));
        }
        return IPV6_GIVEN_OUT.holds(address) && outside(IPV6_NOT_PUBLIC, address);
    }

    private static boolean outside(List<Block> blocks, InetAddress address) {
        return blocks.stream().noneMatch(block -> block.holds(address));
    }

    private static InetAddress lastFourBytes(InetAddress address) {
        var bytes = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }

    private static List<Block> blocks(String... texts) {
        return Arrays.stream(texts).map(Block::of).toList();
    }

    /** Addresses that begin with the same bits. */
    private record Block(byte[] start, int bits) {

        static Block of(String text) {
            int slash = text.indexOf('/');
            return new Block(InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
                    Integer.parseInt(text.substring(slash + 1)));
        }

        boolean holds(InetAddress address) {
            var bytes = address.getAddress();
            if (bytes.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((bytes[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
