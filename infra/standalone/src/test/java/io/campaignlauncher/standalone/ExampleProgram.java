package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A consumer of docs/examples/consumers as a process of its own. What it prints is JSON, a line each. */
final class ExampleProgram implements AutoCloseable {

    enum Language {
        PYTHON, JAVASCRIPT
    }

    private static final Path FOLDER = Path.of("../../docs/examples/consumers");

    private final Process process;
    private final Path out;
    private final Path err;

    private ExampleProgram(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Where this machine lacks what the program needs, the test is skipped and says what that is. */
    static List<String> command(Language language, Path folder) {
        return switch (language) {
            case PYTHON -> List.of(found("python3", python -> succeeds(python, "-c", "import kafka, avro.io"))
                    .orElseGet(() -> missing("a python3 with the Debian packages python3-kafka, python3-avro")),
                    FOLDER.resolve("consumer.py").toAbsolutePath().toString());
            case JAVASCRIPT -> List.of(found("node", _ -> true).orElseGet(() -> missing("node")),
                    besideItsLibraries(folder).toString());
        };
    }

    /** Node looks for libraries beside the program. */
    private static Path besideItsLibraries(Path folder) {
        var libraries = FOLDER.resolve("node_modules").toAbsolutePath().normalize();
        if (!Files.isDirectory(libraries.resolve("kafkajs")) || !Files.isDirectory(libraries.resolve("avsc"))) {
            missing("docs/examples/consumers/node_modules (npm install in that folder)");
        }
        try {
            if (!Files.exists(folder.resolve("node_modules"))) {
                Files.createSymbolicLink(folder.resolve("node_modules"), libraries);
                Files.copy(FOLDER.resolve("consumer.mjs"), folder.resolve("consumer.mjs"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.resolve("consumer.mjs");
    }

    private static String missing(String what) {
        Assumptions.abort("not here, so the example was not run: " + what);
        return "";
    }

    private static Optional<String> found(String name, Predicate<String> good) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).map(Path::toString).filter(good)
                .findFirst();
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static ExampleProgram start(List<String> command, Map<String, String> environment, Path folder) {
        try {
            var out = Files.createTempFile(folder, "out", ".jsonl");
            var err = Files.createTempFile(folder, "err", ".txt");
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new ExampleProgram(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed, whole lines only. */
    List<JsonNode> lines() {
        var text = text(out);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(JsonMapper.shared()::readTree).toList();
    }

    /** The latest figures, once they are so; until then it has to go on running. */
    JsonNode figures(Predicate<JsonNode> wanted) {
        return await().atMost(RunningSystem.PATIENCE).until(() -> {
            assertThat(process.isAlive()).as(this::said).isTrue();
            return latest();
        }, wanted);
    }

    private JsonNode latest() {
        return lines().stream().filter(line -> line.has("figures")).reduce((_, last) -> last)
                .orElseGet(JsonMapper.shared()::missingNode).path("figures");
    }

    /** @return the figures with which it ends */
    JsonNode stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(RunningSystem.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(this::said).isTrue();
        assertThat(process.exitValue()).as(this::said).isZero();
        return latest();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    String said() {
        return "it said: " + text(err) + text(out);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
