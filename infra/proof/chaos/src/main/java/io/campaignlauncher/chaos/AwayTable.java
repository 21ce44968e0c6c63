package io.campaignlauncher.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured, as Markdown. */
final class AwayTable {

    private static final int LOGGERS_MAX = 8;
    private static final List<String> SERVICES = List.of("job-1", "job-2", "creator-1", "creator-2", "verifier",
            "rollback");

    private final List<String> rows = new ArrayList<>();

    /**
     * @param lines   of each service
     * @param cpu     of each service, per cent of a core
     * @param first   seconds until the first job went on; empty: does not apply, as for those behind it
     * @param all     until all did
     * @param still   the longest time that a job stood still
     * @param unready how many services say that they are not, and because of what
     * @return the row, and who wrote most
     */
    String add(String what, Map<String, LogLines> lines, Map<String, Double> cpu, String first, String all,
            String still,
            String unready) {
        rows.add("| " + what + " | "
                + of(lines).map(one -> Long.toString(one.total())).collect(Collectors.joining(" "))
                + " | " + lines.values().stream().mapToLong(LogLines::mostASecond).max().orElse(0)
                + " | " + of("WARN", lines) + " | " + of("ERROR", lines) + " | "
                + of(cpu).map(percent -> String.format(Locale.ROOT, "%.1f", percent))
                        .collect(Collectors.joining(" "))
                + " | " + first + " | " + all + " | " + still + " | " + unready + " |");
        return rows.getLast() + "\n" + most(lines);
    }

    /** In the order of the services, each of which has one. */
    private static <T> Stream<T> of(Map<String, T> byService) {
        return SERVICES.stream().map(name -> Objects.requireNonNull(byService.get(name), name));
    }

    private static long of(String level, Map<String, LogLines> lines) {
        return lines.values().stream().mapToLong(one -> one.of(level)).sum();
    }

    private static String most(Map<String, LogLines> lines) {
        var all = new TreeMap<String, Long>();
        lines.values().forEach(one -> one.byLogger().forEach((logger, count) -> all.merge(logger, count, Long::sum)));
        return all.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(LOGGERS_MAX)
                .map(one -> "%9d  %s".formatted(one.getValue(), one.getKey())).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return "\nlines and CPU of " + String.join(", ", SERVICES) + "\n\n"
                + "| away | lines | most in a second | WARN | ERROR | CPU %, waiting | first on, s | all on, s |"
                + " longest standstill, s | not ready |\n|---|---|---|---|---|---|---|---|---|---|\n"
                + String.join("\n", rows) + "\n";
    }
}
