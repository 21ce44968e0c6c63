package io.campaignlauncher.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.StringUtils;

/**
 * {@code --previous=FOLDER --previous-drains=false --highest-level=1 --between-seconds=8 --callers=3 --streams=50 --unwritten=credential_id --only=job-1 --folder=...}: takes
 * about ten minutes. Ends with 1 if anything was wrong.
 */
public final class RollMain {

    private RollMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(RollMain.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        var options = new Options(arguments);
        var highest = (int) options.number("highest-level", 0);
        var settings = new Roll.Settings(
                new Releases(Path.of(Objects.requireNonNull(options.text("previous"), "--previous=FOLDER of jars"))),
                !"false".equals(options.text("previous-drains")), highest == 0 ? null : highest,
                Duration.ofSeconds(options.number("between-seconds", 8)), (int) options.number("callers", 3),
                (int) options.number("streams", 50), names(options, "unwritten"), names(options, "only"));
        var problems = Roll.run(settings, System.out, options.folder("roll-"));
        problems.forEach(System.out::println);
        System.out.println(problems.isEmpty() ? "nothing was wrong" : problems.size() + " problems");
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    private static Set<String> names(Options options, String name) {
        return Set.of(StringUtils.tokenizeToStringArray(options.text(name), ","));
    }
}
