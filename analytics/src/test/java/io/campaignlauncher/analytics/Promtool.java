package io.campaignlauncher.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own tool, where it is on the PATH. Where it is not, the test that asks for it is skipped and says so. */
final class Promtool {

    private static final long SECONDS_MAX = 60;

    private final Path file;

    private Promtool(Path file) {
        this.file = file;
    }

    static Promtool orSkip() {
        var found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool")).filter(Files::isExecutable).findFirst();
        Assumptions.assumeTrue(found.isPresent(),
                "promtool is not on the PATH, so Prometheus itself was not asked; it comes with Prometheus");
        return new Promtool(found.orElseThrow());
    }

    /** Fails with what it said unless it found everything in order. */
    void approves(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            try {
                process.getOutputStream().close();
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                    fail("%s did not end", command);
                }
                assertThat(process.exitValue()).as("%s said: %s", command, said).isZero();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
