package io.campaignlauncher.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code --under-way=launches --waits=feed --host=killed --launches=60 --targets=60 --held-back-seconds=4 --runs=1 --seed=1 --folder=...}: the
 * database's machine is lost, so often, with launches or with posts under way; killed, or silent from one moment to the next. Ends with 1 where a
 * store forgot what somebody acted on although something waited for the standby, and with {@code --waits=nothing} where nobody noticed that it did.
 */
public final class LostPrimaryMain {

    private static final int LISTED_MAX = 20;
    private static final int UNDER_WAY = 60;

    private LostPrimaryMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(LostPrimaryMain.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        var options = new Options(arguments);
        var loss = Loss.of(options);
        var seed = options.number("seed", 1);
        var folder = options.folder("lost-primary-");
        var wrong = 0;
        for (long run = 0; run < options.number("runs", 1); run++) {
            var place = Files.createDirectory(folder.resolve(loss.waits() + "-" + (seed + run)));
            var problems = "posts".equals(options.text("under-way")) ? posts(options, loss, seed + run, place)
                    : launches(options, loss, seed + run, place);
            problems.stream().limit(LISTED_MAX).forEach(System.out::println);
            wrong += loss.isAsExpected(problems.size()) ? 0 : 1;
        }
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static List<String> launches(Options options, Loss loss, long seed, Path folder)
            throws InterruptedException, ExecutionException {
        var settings = new LostPrimary.Settings(loss, (int) options.number("launches", UNDER_WAY), seed);
        System.out.println(settings);
        var result = new LostPrimary(settings, System.out).run(folder);
        print(loss, result.problems(), "asked for again: " + result.forgotten(), result.promoted(), "settlement",
                result.settled());
        return result.problems();
    }

    private static List<String> posts(Options options, Loss loss, long seed, Path folder)
            throws InterruptedException, ExecutionException {
        var settings = new LostMarketPrimary.Settings(loss, (int) options.number("targets", UNDER_WAY), seed);
        System.out.println(settings);
        var result = new LostMarketPrimary(settings, System.out).run(folder);
        print(loss, result.problems(), "in doubt: " + result.doubted() + "; " + result.verdict().ends(),
                result.promoted(), "payment", result.paid());
        return result.problems();
    }

    private static void print(Loss loss, List<String> problems, String more, Duration promoted, String first,
            Duration after) {
        System.out.printf(Locale.ROOT,
                "waits: %s; host: %s; acted on and forgotten, or wrong at the end: %d; %s; "
                        + "promoted after %.1f s, first %s after %.1f s%n",
                loss.waits().name().toLowerCase(Locale.ROOT), loss.silent() ? "silent" : "killed", problems.size(),
                more, seconds(promoted), first, seconds(after));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
