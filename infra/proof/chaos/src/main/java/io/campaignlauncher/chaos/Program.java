package io.campaignlauncher.chaos;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of the system: started, killed, frozen and woken at will. Its output goes to a file. Touches no process but the one
 * that it started, and ends that one at {@link #close()}.
 */
final class Program implements AutoCloseable {

    private final String name;
    private final List<String> jvm;
    private final String main;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final File output;
    private @Nullable Path jar;
    private @Nullable Process process;

    /** @param jvm options; @param main a class with a main method; @param environment beside what this process has */
    Program(String name, List<String> jvm, String main, List<String> arguments, Map<String, String> environment,
            Path folder) {
        this.name = name;
        this.jvm = List.copyOf(jvm);
        this.main = main;
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
        this.output = folder.resolve(name + ".log").toFile();
    }

    /** From its next start on. @param executable a jar of another release; null: the classes of this one */
    synchronized void from(@Nullable Path executable) {
        jar = executable;
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        if (jar == null) {
            command.add("-cp");
            command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            command.add(main);
        } else {
            command.add("-jar");
            command.add(jar.toString());
        }
        command.addAll(arguments);
        return command;
    }

    String name() {
        return name;
    }

    synchronized void start() {
        if (runs()) {
            throw new IllegalStateException(name + " runs already");
        }
        try {
            var builder = new ProcessBuilder(command()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    synchronized boolean runs() {
        return process != null && process.isAlive();
    }

    /** {@code kill -9}; returns when the process is gone. */
    synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks it to end, and waits for that. @return whether it did in time */
    synchronized boolean stop(Duration atMost) throws InterruptedException {
        var stopping = Objects.requireNonNull(process);
        stopping.destroy();
        return stopping.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stands still from now on, in the middle of whatever it does. */
    synchronized void freeze() {
        signal("STOP");
    }

    /** Goes on as if nothing had been. */
    synchronized void wake() {
        signal("CONT");
    }

    /** Of the process that runs now, or ran last. */
    synchronized long pid() {
        return Objects.requireNonNull(process).pid();
    }

    File output() {
        return output;
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(Objects.requireNonNull(process).pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
