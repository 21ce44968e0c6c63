package io.campaignlauncher.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An address where clients knock in vain until it is opened; then it leads to a server, until that falls silent. */
public final class LateDoor implements AutoCloseable {

    private final String host;
    private final int port;
    private final ServerSocket door;
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<Socket> connections = new ArrayList<>();
    private volatile boolean open;
    private volatile boolean silent;

    /** @param broker the server behind it, host:port */
    public LateDoor(String broker) throws IOException {
        host = broker.split(":")[0];
        port = Integer.parseInt(broker.split(":")[1]);
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::answer);
    }

    /** host:port, for clients. */
    public String address() {
        return door.getInetAddress().getHostAddress() + ":" + door.getLocalPort();
    }

    public void awaitAttempt() {
        await().atMost(TestBroker.PATIENCE).until(() -> attempts.get() > 0);
    }

    public void open() {
        open = true;
    }

    /** Connections stay, and nothing comes through any more. */
    public void fallSilent() {
        silent = true;
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (connections) {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    private void answer() {
        try {
            while (!door.isClosed()) {
                var client = door.accept();
                attempts.incrementAndGet();
                if (open) {
                    var broker = new Socket(host, port);
                    synchronized (connections) {
                        connections.add(client);
                        connections.add(broker);
                    }
                    carry(client, broker);
                    carry(broker, client);
                } else {
                    client.close();
                }
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private void carry(Socket from, Socket to) {
        Thread.startVirtualThread(() -> {
            try (from; to) {
                var bytes = new byte[8192];
                for (var read = from.getInputStream().read(bytes); read >= 0; read = from.getInputStream()
                        .read(bytes)) {
                    if (!silent) {
                        to.getOutputStream().write(bytes, 0, read);
                    }
                }
            } catch (IOException closed) {
                // One side has gone; the other is closed as well.
            }
        });
    }
}
