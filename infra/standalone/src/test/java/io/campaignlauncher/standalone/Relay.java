package io.campaignlauncher.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A cable between a browser and the system: its end here stays where it is whatever is started anew, and it can be cut. */
final class Relay implements AutoCloseable {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final ServerSocket server;
    private final Supplier<URI> target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** @param target asked for each connection */
    Relay(Supplier<URI> target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 200, HERE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Ends every connection, and begins none until it is mended. */
    void cut() {
        cut = true;
        open.forEach(Relay::end);
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                join(server.accept());
            } catch (IOException e) {
                // Closed, or nobody is behind it: whoever called is hung up on.
            }
        }
    }

    @SuppressWarnings("resource") // ended by whoever reads from them
    private void join(Socket caller) throws IOException {
        if (cut) {
            end(caller);
            return;
        }
        try {
            var called = new Socket(HERE, target.get().getPort());
            open.add(caller);
            open.add(called);
            pump(caller, called);
            pump(called, caller);
        } catch (IOException | RuntimeException e) {
            end(caller);
        }
    }

    private void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // cut
            } finally {
                end(from);
                end(to);
                open.remove(from);
                open.remove(to);
            }
        });
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
