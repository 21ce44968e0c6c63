package io.campaignlauncher.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** Arguments of a program as {@code --name=value}. */
final class Options {

    private final SimpleCommandLinePropertySource given;

    Options(String... arguments) {
        given = new SimpleCommandLinePropertySource(arguments);
    }

    @Nullable
    String text(String name) {
        return given.getProperty(name);
    }

    long number(String name, long fallback) {
        var value = given.getProperty(name);
        return value == null ? fallback : Long.parseLong(value);
    }

    Duration seconds(String name, long fallback) {
        return Duration.ofSeconds(number(name, fallback));
    }

    /** {@code --folder}, or a new one. @param prefix of the new one's name */
    Path folder(String prefix) throws IOException {
        var value = given.getProperty("folder");
        return value == null ? Files.createTempDirectory(prefix) : Files.createDirectories(Path.of(value));
    }
}
