package io.campaignlauncher.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ports of this machine that nobody listens on. Another process may still be faster, so whoever binds one must be ready
 * to take the next; within this process no port is given out twice.
 */
final class FreePorts {

    static final String LOOPBACK = "127.0.0.1";

    private static final int TRIES_MAX = 100;
    private static final Set<Integer> GIVEN_OUT = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    static int next() {
        for (var tries = 0; tries < TRIES_MAX; tries++) {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), 0));
                if (GIVEN_OUT.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("no port can be had on " + LOOPBACK, e);
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
}
