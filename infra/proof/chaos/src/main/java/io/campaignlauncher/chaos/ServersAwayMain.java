package io.campaignlauncher.chaos;

import java.util.Set;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
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
        var options = new Options(arguments);
        var settings = new ServersAway.Settings(options.seconds("idle-seconds", 90),
                options.seconds("away-seconds", 35),
                Set.of(StringUtils.tokenizeToStringArray(options.text("only"), ",")));
        var verdict = ServersAway.run(settings, System.out, options.folder("servers-away-"));
        System.out.println(verdict);
        System.exit(verdict.problems().isEmpty() ? 0 : 1);
    }
}
