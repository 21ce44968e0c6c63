package io.campaignlauncher.chaos;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody's system that is told by webhook, and may be away. */
final class Receiver implements AutoCloseable {

    private final AtomicLong told = new AtomicLong();
    private HttpServer server;
    private final int port;

    Receiver() {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/told");
    }

    long told() {
        return told.get();
    }

    void goAway() {
        server.stop(0);
    }

    void comeBack() {
        server = listen(port);
    }

    private HttpServer listen(int on) {
        try {
            var made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 0);
            made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            made.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                told.incrementAndGet();
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
