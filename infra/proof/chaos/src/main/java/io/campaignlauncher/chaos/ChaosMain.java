package io.campaignlauncher.chaos;

import java.time.Duration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** {@code --jobs=60 --blows=9 --every-seconds=3 --seed=1 --folder=...}: a run as long as wanted. Ends with 1 if anything was wrong. */
public final class ChaosMain {

    private ChaosMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(ChaosMain.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
        var options = new Options(arguments);
        var bounded = Chaos.Settings.bounded(options.number("seed", System.nanoTime()));
        var settings = new Chaos.Settings((int) options.number("jobs", bounded.jobs()),
                (int) options.number("blows", bounded.blows()),
                options.seconds("every-seconds", bounded.every().toSeconds()), bounded.seed(),
                Duration.ofMinutes(5));
        System.out.println(settings);
        var verdict = new Chaos(settings, System.out).run(options.folder("chaos-"));
        verdict.problems().forEach(System.out::println);
        System.exit(verdict.problems().isEmpty() ? 0 : 1);
    }
}
