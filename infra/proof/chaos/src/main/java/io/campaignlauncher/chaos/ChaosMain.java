package io.campaignlauncher.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** {@code --jobs=60 --blows=9 --every-seconds=3 --seed=1 --folder=...}: a run as long as wanted. Ends with 1 if anything was wrong. */
public final class ChaosMain {

    private ChaosMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(ChaosMain.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
        var options = new SimpleCommandLinePropertySource(arguments);
        var bounded = Chaos.Settings.bounded(number(options, "seed", System.nanoTime()));
        var settings = new Chaos.Settings((int) number(options, "jobs", bounded.jobs()),
                (int) number(options, "blows", bounded.blows()),
                Duration.ofSeconds(number(options, "every-seconds", bounded.every().toSeconds())), bounded.seed(),
                Duration.ofMinutes(5));
        System.out.println(settings);
        var folder = options.getProperty("folder");
        var verdict = new Chaos(settings, System.out)
                .run(folder == null ? Files.createTempDirectory("chaos-") : Files.createDirectories(Path.of(folder)));
        verdict.problems().forEach(System.out::println);
        System.exit(verdict.problems().isEmpty() ? 0 : 1);
    }

    private static long number(SimpleCommandLinePropertySource options, String name, long fallback) {
        var given = options.getProperty(name);
        return given == null ? fallback : Long.parseLong(given);
    }
}
