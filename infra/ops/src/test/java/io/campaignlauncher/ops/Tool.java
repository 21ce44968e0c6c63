package io.campaignlauncher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of the machine. */
final class Tool {

    private static final long SECONDS_MAX = 60;

    private Tool() {}

    /** Where it is not on the PATH, the test that asks for it is skipped and says so. */
    static String orSkip(String name) {
        var found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
        Assumptions.assumeTrue(found.isPresent(), name + " is not on the PATH, so it was not asked");
        return found.orElseThrow().toString();
    }

    /** @return what it said, where it found nothing wrong */
    static String run(Path folder, String... command) {
        try {
            var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            try {
                process.getOutputStream().close();
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as("%s ends", List.of(command)).isTrue();
                assertThat(process.exitValue()).as("%s said: %s", List.of(command), said).isZero();
                return said;
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
