package io.campaignlauncher.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a process has written between two reads.
 *
 * @param total      lines
 * @param mostASecond of all seconds, the one with most
 * @param byLogger   how often which level and logger wrote
 */
record LogLines(long total, long mostASecond, Map<String, Long> byLogger) {

    private static final Pattern TIME = Pattern.compile("\"@timestamp\":\"([^\".]{19})");
    private static final Pattern LEVEL = Pattern.compile("\"level\":\"([A-Z]+)\"");
    private static final Pattern LOGGER = Pattern.compile("\"logger\":\"([^\"]+)\"");

    /** @param from where in the file the first read ended, bytes */
    static LogLines since(long from, Program program) {
        long total = 0;
        var seconds = new HashMap<String, Long>();
        var loggers = new TreeMap<String, Long>();
        try (var file = new RandomAccessFile(program.output(), "r")) {
            file.seek(from);
            var rest = new byte[(int) (file.length() - from)];
            file.readFully(rest);
            for (var line : new String(rest, StandardCharsets.UTF_8).lines().toList()) {
                total++;
                seconds.merge(found(TIME, line), 1L, Long::sum);
                loggers.merge(found(LEVEL, line) + " " + found(LOGGER, line), 1L, Long::sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LogLines(total, seconds.values().stream().mapToLong(Long::longValue).max().orElse(0), loggers);
    }

    long of(String level) {
        return byLogger.entrySet().stream().filter(one -> one.getKey().startsWith(level + " "))
                .mapToLong(Map.Entry::getValue).sum();
    }

    private static String found(Pattern pattern, String line) {
        var found = pattern.matcher(line);
        return found.find() ? found.group(1) : "?";
    }
}
