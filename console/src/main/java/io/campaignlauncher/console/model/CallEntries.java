package io.campaignlauncher.console.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The operations of one request in words, those that went well together. */
final class CallEntries {

    private final List<JsonNode> entries;

    CallEntries(JsonNode call) {
        entries = call.path("entries").valueStream().toList();
    }

    int count() {
        return entries.size();
    }

    private static CallOutcome outcome(JsonNode entry) {
        return CallOutcome.of(Launches.text(entry, "outcome"));
    }

    /** A line for all that went well, and one for each of the others. */
    List<Calls.Line> lines() {
        var lines = new ArrayList<Calls.Line>();
        var well = entries.stream().filter(entry -> outcome(entry) == CallOutcome.SENT).toList();
        if (!well.isEmpty()) {
            lines.add(new Calls.Line(CallOutcome.SENT, things(well), ""));
        }
        entries.stream().filter(entry -> outcome(entry) != CallOutcome.SENT)
                .forEach(entry -> lines.add(new Calls.Line(outcome(entry), things(List.of(entry)), why(entry))));
        return lines;
    }

    private static String why(JsonNode entry) {
        var subcode = Launches.text(entry, "subcode");
        var code = Launches.text(entry, "code") + (subcode.isEmpty() ? "" : "/" + subcode);
        var message = Launches.text(entry, "message");
        // Messages end with the codes as well.
        return code.isEmpty() || message.contains("(code ") ? message : message + " (" + code + ")";
    }

    boolean isAll(String method) {
        return entries.stream().allMatch(entry -> Launches.text(entry, "method").equals(method));
    }

    boolean goesTo(String path) {
        return entries.stream().anyMatch(entry -> Launches.text(entry, "path").equals(path));
    }

    /** What it is all about: {@code ad set 3, ads 5–9}. */
    String things() {
        return things(entries);
    }

    private static String things(List<JsonNode> entries) {
        var parts = new ArrayList<String>();
        for (var kind : List.of("campaign", "ad_set", "ad")) {
            var of = entries.stream().filter(entry -> Launches.text(entry, "entityType").equals(kind)).toList();
            if (!of.isEmpty()) {
                parts.add(named(kind, of));
            }
        }
        var others = entries.stream().filter(entry -> Launches.text(entry, "entityType").isEmpty())
                .map(entry -> Launches.text(entry, "path")).distinct().collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            parts.add(others);
        }
        return String.join(", ", parts);
    }

    private static String named(String kind, List<JsonNode> of) {
        var noun = kind.replace('_', ' ');
        var numbers = of.stream().mapToInt(entry -> entry.path("slotNumber").asInt(0)).filter(number -> number > 0)
                .sorted().distinct().toArray();
        if (kind.equals("campaign")) {
            return noun;
        }
        if (numbers.length == 0) {
            return noun + "s";
        }
        return noun + (numbers.length == 1 ? " " : "s ") + ranges(numbers);
    }

    /** {@code 1, 3–5}. */
    private static String ranges(int[] numbers) {
        var ranges = new ArrayList<String>();
        for (int from = 0, to; from < numbers.length; from = to + 1) {
            to = from;
            while (to + 1 < numbers.length && numbers[to + 1] == numbers[to] + 1) {
                to++;
            }
            ranges.add(from == to ? "" + numbers[from] : numbers[from] + "–" + numbers[to]);
        }
        return String.join(", ", ranges);
    }
}
