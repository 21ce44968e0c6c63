package io.campaignlauncher.chaos;

import java.time.Duration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** {@code --jobs=40 --before-seconds=6 --seed=1 --folder=...}: takes some minutes. Ends with 1 if anything was wrong. */
public final class RecoveryMain {

    private RecoveryMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(RecoveryMain.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME,
                LogLevel.ERROR);
        var options = new Options(arguments);
        var settings = new Recovery.Settings((int) options.number("jobs", 40), options.seconds("before-seconds", 6),
                options.number("seed", System.nanoTime()), Duration.ofMinutes(8));
        System.out.println(settings);
        var problems = new Recovery(settings, System.out).run(options.folder("recovery-"));
        problems.forEach(System.out::println);
        System.exit(problems.isEmpty() ? 0 : 1);
    }
}
