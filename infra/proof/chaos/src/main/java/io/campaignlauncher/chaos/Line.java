package io.campaignlauncher.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The line to a server, which can be cut in two ways: nobody is there (a connection is refused), or nobody answers (it is taken, and
 * nothing comes). What was under way ends with the first and hangs with the second.
 */
final class Line implements AutoCloseable {

    private static final int BACKLOG = 200;

    private final URI server;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;
    private volatile boolean silent;

    Line(URI server) {
        this.server = server;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
        takeConnections(listening);
    }

    /** Where clients find the server. */
    URI address() {
        return URI.create(server.getScheme() + "://127.0.0.1:" + port);
    }

    /** Nobody is there any more. */
    void refuse() {
        close();
    }

    /** Connections are taken, and nothing is passed on. */
    void fallSilent() {
        silent = true;
    }

    /** As it was; what hung is cut off. */
    void mend() {
        silent = false;
        open.forEach(Line::closeQuietly);
        if (listening.isClosed()) {
            listening = listen(port);
            takeConnections(listening);
        }
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeConnections(ServerSocket from) {
        Thread.ofVirtual().start(() -> {
            while (!from.isClosed()) {
                try {
                    var client = from.accept();
                    open.add(client);
                    Thread.ofVirtual().start(() -> connect(client));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void connect(Socket client) {
        if (silent) {
            return;
        }
        try {
            var behind = new Socket(server.getHost(), server.getPort());
            open.add(behind);
            Thread.ofVirtual().start(() -> pass(client, behind));
            Thread.ofVirtual().start(() -> pass(behind, client));
        } catch (IOException e) {
            closeQuietly(client);
        }
    }

    private void pass(Socket from, Socket to) {
        try {
            var buffer = new byte[16 * 1024];
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!silent) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException eitherEndIsGone) {
            // The other one is closed as well.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception gone) {
            // It is.
        }
    }

    @Override
    public void close() {
        closeQuietly(listening);
        open.forEach(Line::closeQuietly);
    }
}
