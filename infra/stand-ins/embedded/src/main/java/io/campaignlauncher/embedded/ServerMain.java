package io.campaignlauncher.embedded;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/**
 * One server as a program of its own: {@code kafka <folder>} or {@code postgresql <folder>}. Where it listens, and how each
 * service logs in there, is in the files {@link #settings} once it does; it listens there again when it is started anew.
 */
public final class ServerMain {

    private ServerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("usage: kafka <folder> | postgresql <folder>");
        }
        var folder = Path.of(arguments[1]);
        Function<ServiceLogin, Map<String, String>> settings = switch (arguments[0]) {
            case "kafka" -> EmbeddedKafkaBroker.start(folder)::settings;
            case "postgresql" -> EmbeddedDatabase.start(folder)::settings;
            default -> throw new IllegalArgumentException("no such server: " + arguments[0]);
        };
        for (var who : ServiceLogin.values()) {
            write(settings(folder, who), settings.apply(who));
        }
        PrivateFiles.write(ready(folder), "");
        Thread.currentThread().join();
    }

    /** The Spring properties of a service; an empty file where it has nothing to do with this server. */
    public static Path settings(Path folder, ServiceLogin who) {
        return folder.resolve(who.user() + ".properties");
    }

    /** A file that exists from when the server of this folder could be used. */
    public static Path ready(Path folder) {
        return folder.resolve("ready");
    }

    private static void write(Path file, Map<String, String> settings) throws IOException {
        var properties = new Properties();
        properties.putAll(settings);
        var text = new StringWriter();
        properties.store(text, null);
        PrivateFiles.write(file, text.toString());
    }
}
