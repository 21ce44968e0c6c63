package io.campaignlauncher.telemetry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How services log unless they are told otherwise, as Spring settings: a JSON object a line, by the Elastic Common Schema. */
public final class EcsLogs {

    /**
     * Loggers that at DEBUG print addresses with their queries, request bodies, rows, records or all settings of the change
     * feed, and so tokens, people, names and the database's password.
     * They stay at INFO also where everything else is set to DEBUG.
     */
    public static final List<String> HELD = List.of("org.springframework.web", "org.springframework.http.codec",
            "org.springframework.core.codec", "org.springframework.boot.webflux.autoconfigure.error", "reactor.netty",
            "io.debezium.embedded");

    /**
     * Loggers of clients that at each attempt to reach a server that is away say so, many times a second: that it went, and that it is
     * back, is said once by whoever waits for it. Above all their settings and how they were made are left out.
     */
    private static final Map<String, Object> QUIET = Map.of(
            "logging.level.org.apache.kafka", "WARN",
            "logging.level.org.apache.kafka.clients.NetworkClient", "ERROR",
            "logging.level.org.apache.kafka.clients.producer.internals.Sender", "ERROR",
            "logging.level.com.zaxxer.hikari", "ERROR",
            "logging.level.io.opentelemetry.exporter", "OFF",
            "logging.level.org.springframework.transaction.support.TransactionTemplate", "OFF",
            "logging.level.org.springframework.boot.jdbc.health", "ERROR");

    /** For a service that is a process of its own. */
    public static final Map<String, Object> PROCESS = with(Map.of("logging.structured.format.console", "ecs"));

    /** Where the whole system in one process logs, in its data folder. */
    public static final String FOLDER = "logs";
    public static final String FILE = "launch.log";

    /**
     * For people at a terminal, which what Facebook and others wrote must not steer: a message is a line, and of a stack trace only
     * the line breaks and tabs stay. In JSON control characters are escaped anyway.
     */
    private static final String TERMINAL = "%clr(%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}){faint} %clr(%5p) %clr([%15.15t]){faint}"
            + " %clr(%-40.40logger{39}){cyan} %clr(:){faint} %replace(%m){'" + PlainText.STEERING + "',' '}%n"
            + "%replace(%wEx){'(?![\\n\\r\\t])" + PlainText.STEERING + "',' '}";

    private static final String FILE_SIZE_MAX = "10MB";
    private static final String FILES_SIZE_MAX = "200MB";
    private static final int DAYS = 14;

    private EcsLogs() {}

    /** For the whole system in one process: the terminal is for people and stays quiet, {@code logs/launch.log} has everything. */
    public static Map<String, Object> inFolder(Path folder) {
        return with(Map.ofEntries(
                Map.entry("logging.file.name", folder.resolve(FOLDER).resolve(FILE).toString()),
                Map.entry("logging.structured.format.file", "ecs"),
                Map.entry("logging.structured.ecs.service.name", "campaign-launcher"),
                Map.entry("logging.logback.rollingpolicy.max-file-size", FILE_SIZE_MAX),
                Map.entry("logging.logback.rollingpolicy.max-history", DAYS),
                Map.entry("logging.logback.rollingpolicy.total-size-cap", FILES_SIZE_MAX),
                Map.entry("logging.threshold.console", "WARN"),
                Map.entry("logging.pattern.console", TERMINAL),
                Map.entry("logging.level.io.campaignlauncher", "INFO")));
    }

    private static Map<String, Object> with(Map<String, Object> settings) {
        var all = new HashMap<>(QUIET);
        all.putAll(settings);
        all.putAll(HELD.stream().collect(Collectors.toMap(name -> "logging.level." + name, _ -> "INFO")));
        return Map.copyOf(all);
    }
}
