package io.campaignlauncher.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.util.StringUtils;

/**
 * {@code --away-seconds=35 --idle-seconds=90 --only=kafka-refuses,creator-killed --folder=...}: takes about fifteen minutes. Ends
 * with 1 if a launch did not end in exactly what was asked for.
 */
public final class ServersAwayMain {

    private ServersAwayMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(ServersAwayMain.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        var options = new SimpleCommandLinePropertySource(arguments);
        var settings = new ServersAway.Settings(seconds(options, "idle-seconds", 90),
                seconds(options, "away-seconds", 35),
                Set.of(StringUtils.tokenizeToStringArray(options.getProperty("only"), ",")));
        var folder = options.getProperty("folder");
        var verdict = ServersAway.run(settings, System.out,
                folder == null ? Files.createTempDirectory("servers-away-") : Files.createDirectories(Path.of(folder)));
        System.out.println(verdict);
        System.exit(verdict.problems().isEmpty() ? 0 : 1);
    }

    private static Duration seconds(SimpleCommandLinePropertySource options, String name, long fallback) {
        var given = options.getProperty(name);
        return Duration.ofSeconds(given == null ? fallback : Long.parseLong(given));
    }
}
