package io.campaignlauncher.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;

/** What docs/settings.md says of settings; a test of the house keeps that page to what the code reads. */
final class Settings {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (?:`([^`]*)`|none) \\|");
    /** Spring Boot's own. */
    private static final Stream<String> OF_SPRING = Stream.of("server.address", "server.port", "spring.config.import");

    private static final Map<String, String> DEFAULTS = read();

    private Settings() {}

    private static Map<String, String> read() {
        try {
            var found = new TreeMap<String, String>();
            ROW.matcher(Files.readString(Path.of("../../docs/settings.md"))).results()
                    .forEach(row -> found.put(row.group(1), row.group(2) == null ? "" : row.group(2)));
            OF_SPRING.forEach(name -> found.put(name, ""));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isSetting(String name) {
        return DEFAULTS.keySet().stream().anyMatch(known -> known.equals(name)
                || known.endsWith(".*") && name.startsWith(known.substring(0, known.length() - 1)));
    }

    /** Whether an environment variable sets something: as Spring Boot reads it, dots are underscores and hyphens nothing. */
    static boolean isVariable(String variable) {
        return DEFAULTS.keySet().stream().anyMatch(known -> known.endsWith(".*")
                ? variable.startsWith(variable(known.substring(0, known.length() - 1)))
                : variable.equals(variable(known)));
    }

    private static String variable(String setting) {
        return setting.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }

    static String defaultOf(String setting) {
        var value = DEFAULTS.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("docs/settings.md has no " + setting);
        }
        return value;
    }

    static Duration time(String setting) {
        return DurationStyle.detectAndParse(defaultOf(setting));
    }

    /**
     * How long a service may need to end: what it sends is sent or given up, what it holds is let go, and its streams and threads are
     * waited for as long as Spring waits for them.
     */
    static Duration toEnd(String service) {
        var held = switch (service) {
            case "posting-service" -> time("launch.posting.lease").plus(time("telegram.timeout"));
            case "moderation-service" -> time("telegram.timeout");
            default -> time("launch.creation.lease").plus(time("graph.request-timeout"));
        };
        return held.plus(Duration.ofSeconds(30));
    }
}
