package io.campaignlauncher.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The server process that works on a data folder. PostgreSQL runs apart from whoever started it, so it has to be ended by
 * its process id where the JVM that owned it is gone.
 */
final class PostgresProcess {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final Duration FAST_STOP = Duration.ofSeconds(2);
    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(3);

    private final ProcessHandle handle;

    private PostgresProcess(ProcessHandle handle) {
        this.handle = handle;
    }

    /**
     * The living process that {@code postmaster.pid} names, if it is one of PostgreSQL on this folder: its number may by now be
     * that of somebody else's.
     */
    static Optional<PostgresProcess> on(Path dataFolder) {
        var file = dataFolder.resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var pid = Files.readAllLines(file).stream().findFirst().map(String::strip).orElse("");
            return pid.matches("\\d{1,18}")
                    ? ProcessHandle.of(Long.parseLong(pid)).filter(PostgresProcess::isPostgres)
                            .filter(process -> worksOn(process, dataFolder))
                            .map(PostgresProcess::new)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    long pid() {
        return handle.pid();
    }

    /** How a server would be started as this one was, on another folder and another port. */
    List<String> commandOn(Path dataFolder, int port) {
        var command = new ArrayList<String>();
        command.add(handle.info().command().orElseThrow());
        var given = Arrays.asList(handle.info().arguments().orElseThrow());
        for (var argument : given) {
            command.add(switch (command.getLast()) {
                case "-D" -> dataFolder.toString();
                case "-p" -> Integer.toString(port);
                default -> argument;
            });
        }
        return command;
    }

    /** {@code kill -9} of the server and of the processes that it started; returns when they are gone. */
    void kill() {
        var all = withDescendants();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    /** None of its processes does anything any more; whoever asks them is not told that. */
    void freeze() {
        withDescendants().forEach(one -> signal("STOP", one.pid()));
    }

    private List<ProcessHandle> withDescendants() {
        return Stream.concat(Stream.of(handle), handle.descendants()).toList();
    }

    /** Ends the process: in order if it manages that soon, else at once, which costs it a recovery at the next start. */
    void stop() {
        if (!WINDOWS) {
            signal("INT");
        }
        if (WINDOWS || !ends(FAST_STOP)) {
            stopAtOnce();
        }
    }

    /** Ends the process without waiting for its clients; the next start recovers from the write-ahead log. */
    void stopAtOnce() {
        if (WINDOWS) {
            handle.destroyForcibly();
        } else {
            signal("QUIT");
        }
        if (!ends(IMMEDIATE_STOP)) {
            handle.destroyForcibly();
        }
        if (!ends(IMMEDIATE_STOP)) {
            throw new IllegalStateException("PostgreSQL's process " + handle.pid() + " does not end");
        }
    }

    /**
     * Starts a tiny process that ends PostgreSQL when this JVM is gone, even by {@code kill -9}: its standard input closes
     * then. It knows the process and not the folder, so it never hits a successor.
     */
    Optional<Process> endWithThisJvm() {
        if (WINDOWS) {
            return Optional.empty();
        }
        var script = "trap '' INT TERM HUP; read -r _; kill -INT " + handle.pid();
        try {
            return Optional.of(new ProcessBuilder("sh", "-c", script).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run sh", e);
        }
    }

    private void signal(String name) {
        signal(name, handle.pid());
    }

    static void signal(String name, long pid) {
        try {
            new ProcessBuilder(List.of("kill", "-" + name, Long.toString(pid)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal PostgreSQL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ends(Duration within) {
        try {
            handle.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        }
    }

    /** Told by its command line; where the system does not show that, it is believed. */
    private static boolean worksOn(ProcessHandle process, Path dataFolder) {
        return process.info().arguments().map(arguments -> Arrays.stream(arguments)
                .anyMatch(argument -> isSameFolder(argument, dataFolder))).orElse(true);
    }

    private static boolean isSameFolder(String argument, Path dataFolder) {
        try {
            return Files.isSameFile(Path.of(argument), dataFolder);
        } catch (IOException | InvalidPathException noPath) {
            return false;
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(Path::of).map(Path::getFileName).map(Path::toString)
                .filter(name -> name.startsWith("postgres")).isPresent();
    }
}
