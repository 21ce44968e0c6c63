package io.campaignlauncher.chaos;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** {@code --folder=...}: takes some minutes. Ends with 1 if anything was wrong. */
public final class LeakedKeyMain {

    private LeakedKeyMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(LeakedKeyMain.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME,
                LogLevel.OFF);
        var problems = LeakedKey.run(System.out, new Options(arguments).folder("leaked-key-"));
        problems.forEach(System.out::println);
        System.exit(problems.isEmpty() ? 0 : 1);
    }
}
