package io.campaignlauncher.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ports of this machine that nobody listens on, outside the range that the system hands out to clients: a port that is kept
 * for the next start is then not some client's by chance. Another process may still be faster, so whoever binds one must be
 * ready to take the next; within this process no port is given out twice.
 */
final class FreePorts {

    static final String LOOPBACK = "127.0.0.1";

    /** Above the ports of well-known servers, below what systems hand out unless they were told otherwise. */
    static final Range USUAL = new Range(20_000, 32_767);

    private static final Path LINUX_CLIENT_PORTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final Pattern TWO_NUMBERS = Pattern.compile("\\s*(\\d{1,5})\\s+(\\d{1,5})\\s*");
    private static final int UNPRIVILEGED = 1024;
    private static final int LAST = 65_535;
    /** Fewer would soon be used up. */
    private static final int ROOM_MIN = 1000;
    private static final int TRIES_MAX = 1000;
    private static final Set<Integer> GIVEN_OUT = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** From one port to another, both among them. */
    record Range(int first, int last) {

        boolean contains(int port) {
            return port >= first && port <= last;
        }

        private int size() {
            return last - first + 1;
        }
    }

    static int next() {
        var range = forServers(clientPorts());
        for (var tries = 0; tries < TRIES_MAX; tries++) {
            var port = ThreadLocalRandom.current().nextInt(range.first(), range.last() + 1);
            if (!isTaken(port) && GIVEN_OUT.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on " + LOOPBACK + " after " + TRIES_MAX + " tries");
    }

    static boolean isTaken(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return false;
        } catch (IOException inUse) {
            return true;
        }
    }

    /** Whether the system may give the port to a client at any moment although servers have better ones. */
    static boolean mayBeAClients(int port) {
        var told = clientPorts();
        return forClients(told).contains(port) && !forServers(told).contains(port);
    }

    /**
     * Where servers may listen and stay, beside the ports of clients.
     *
     * @param clientPorts two numbers, as Linux tells its range; anything else: not known
     */
    static Range forServers(String clientPorts) {
        var clients = forClients(clientPorts);
        return Stream.of(new Range(USUAL.first(), Math.min(USUAL.last(), clients.first() - 1)),
                new Range(Math.max(USUAL.first(), clients.last() + 1), LAST),
                new Range(UNPRIVILEGED, Math.min(USUAL.first(), clients.first()) - 1))
                .filter(range -> range.size() >= ROOM_MIN)
                .findFirst()
                // Where the system hands out nearly all there are, servers must live among clients.
                .orElse(USUAL);
    }

    private static Range forClients(String told) {
        var numbers = TWO_NUMBERS.matcher(told);
        return numbers.matches() ? new Range(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : new Range(USUAL.last() + 1, LAST);
    }

    private static String clientPorts() {
        try {
            return Files.exists(LINUX_CLIENT_PORTS) ? Files.readString(LINUX_CLIENT_PORTS) : "";
        } catch (IOException notTold) {
            return "";
        }
    }
}
