package io.campaignlauncher.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * One server as a program of its own: {@code kafka <folder>} or {@code postgresql <folder>}. Where it listens is in the file
 * {@link #address}, as Spring properties, once it does; it listens there again when it is started anew.
 */
public final class ServerMain {

    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap-servers";

    private ServerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("usage: kafka <folder> | postgresql <folder>");
        }
        var folder = Path.of(arguments[1]);
        var address = new Properties();
        switch (arguments[0]) {
            case "kafka" -> address.put(BOOTSTRAP_SERVERS, EmbeddedKafkaBroker.start(folder).bootstrapServers());
            case "postgresql" -> {
                var database = EmbeddedDatabase.start(folder);
                address.put("spring.datasource.url", database.jdbcUrl());
                address.put("spring.datasource.username", database.username());
                address.put("spring.datasource.password", database.password());
            }
            default -> throw new IllegalArgumentException("no such server: " + arguments[0]);
        }
        var made = Files.createTempFile(folder, "address", null);
        try (var out = Files.newBufferedWriter(made)) {
            address.store(out, null);
        }
        Files.move(made, address(folder), StandardCopyOption.ATOMIC_MOVE);
        Thread.currentThread().join();
    }

    /** A file that exists from when the server of this folder could be used. */
    public static Path address(Path folder) {
        return folder.resolve("address.properties");
    }
}
