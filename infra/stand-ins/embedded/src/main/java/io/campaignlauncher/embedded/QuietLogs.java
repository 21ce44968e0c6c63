package io.campaignlauncher.embedded;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps servers inside this process from filling its log, wherever nobody chose a level for them. */
final class QuietLogs {

    private static final List<String> TALKATIVE = List.of("org.apache.kafka", "kafka", "state.change.logger",
            "io.zonky.test.db.postgres");
    /** These warn of what is normal for a single node that starts and stops. */
    private static final List<String> ALARMIST = List.of("org.apache.kafka.controller.QuorumController",
            "org.apache.kafka.clients.NetworkClient", "kafka.server.DefaultAutoTopicCreationManager");

    private QuietLogs() {}

    static void apply() {
        if (logbackIsThere()) {
            Logback.apply();
        }
    }

    private static boolean logbackIsThere() {
        try {
            Class.forName("ch.qos.logback.classic.Logger", false, QuietLogs.class.getClassLoader());
            return LoggerFactory.getILoggerFactory().getClass().getName().startsWith("ch.qos.logback.");
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Apart, so that Logback's classes load only where Logback is. */
    private static final class Logback {

        static void apply() {
            TALKATIVE.forEach(name -> apply(name, Level.WARN));
            ALARMIST.forEach(name -> apply(name, Level.ERROR));
        }

        private static void apply(String name, Level level) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
                logger.setLevel(level);
            }
        }
    }
}
