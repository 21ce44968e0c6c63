package io.campaignlauncher.chaos;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code --waits=feed --launches=60 --held-back-seconds=4 --runs=1 --seed=1 --folder=...}: the database's machine is lost, so often. Ends
 * with 1 where a store forgot what somebody acted on although something waited for the standby, and with {@code --waits=nothing}
 * where nobody noticed that it did.
 */
public final class LostPrimaryMain {

    private static final int LISTED_MAX = 20;

    private LostPrimaryMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(LostPrimaryMain.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        var options = new Options(arguments);
        var waiting = options.text("waits");
        var waits = LostPrimary.Waits.valueOf((waiting == null ? "feed" : waiting).toUpperCase(Locale.ROOT));
        var seed = options.number("seed", 1);
        var folder = options.folder("lost-primary-");
        var wrong = 0;
        for (long run = 0; run < options.number("runs", 1); run++) {
            var settings = new LostPrimary.Settings(waits, (int) options.number("launches", 60),
                    options.seconds("held-back-seconds", 4), seed + run);
            System.out.println(settings);
            var result = new LostPrimary(settings, System.out)
                    .run(Files.createDirectory(folder.resolve(waits + "-" + settings.seed())));
            result.problems().stream().limit(LISTED_MAX).forEach(System.out::println);
            System.out.printf(Locale.ROOT,
                    "waits: %s; acted on and forgotten, or wrong at the end: %d; asked for again: %d; "
                            + "promoted after %.1f s, first settlement after %.1f s%n",
                    waits.name().toLowerCase(Locale.ROOT),
                    result.problems().size(), result.forgotten(), seconds(result.promoted()),
                    seconds(result.settled()));
            wrong += result.problems().isEmpty() == (waits == LostPrimary.Waits.NOTHING) ? 1 : 0;
        }
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
