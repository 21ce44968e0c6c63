package io.campaignlauncher.console.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * The requests to Facebook of one launch.
 *
 * @param ended        whether it sends nothing more
 * @param waitingUntil empty: it waits for nothing
 * @param rows         requests in the order in which they were sent, with the waits between them
 * @param notNoted     how many are missing, at least
 * @param next         the query of the next page; empty: this is the last one
 */
public record Calls(String jobId, String name, State state, boolean ended, String waitingUntil, List<Row> rows,
        Waterfall picture, Totals totals, long notNoted, boolean first, String next) {

    /** What a row says of so many that went well needs no list. */
    private static final int FEW = 3;

    /** @param entries operations, of which a request may have several */
    public record Totals(long calls, long entries, long notSent, long refused, long limited, long unknown,
            String took) {}

    /** A request, or a wait where there is none. */
    public sealed interface Row {}

    /** Nothing was sent for a while. */
    public record Wait(String sentence) implements Row {}

    /**
     * One request.
     *
     * @param number  of the request on this page, by which the picture names it
     * @param by      who sent it, and for the how-manieth time
     * @param sent    since the launch began
     * @param status  of HTTP; empty: there was no answer
     * @param trace   for Facebook's support; empty: none
     * @param entries empty where there is no more to say than the row says
     */
    public record Call(int number, String what, String by, String at, String sent, String took, CallOutcome outcome,
            String status, String trace, String summary, List<Line> entries) implements Row {

        public Call {
            entries = List.copyOf(entries);
        }
    }

    /** @param why empty: all went well */
    public record Line(CallOutcome outcome, String things, String why) {}

    public Calls {
        rows = List.copyOf(rows);
    }

    /**
     * @param answer  of {@code GET /v1/jobs/{jobId}/calls}
     * @param state   answer of {@code GET /v1/jobs/{jobId}/state}
     * @param history answer of {@code GET /v1/jobs/{jobId}/history}
     * @param after   where this page begins; empty: it is the first
     */
    public static Calls of(JsonNode answer, JsonNode state, JsonNode history, String after) {
        var spans = CallSpan.all(answer);
        var begun = begun(history, spans);
        var waits = CallWaits.between(spans, history);
        var stands = State.of(Launches.text(state, "status"));
        var jobId = Launches.text(state, "jobId");
        var next = Launches.text(answer, "next");
        return new Calls(jobId, Launches.text(state, "campaignName"), stands, stands.isEnd(),
                Launches.text(state, "waitingUntil"), rows(spans, waits, begun), Waterfall.of(spans, waits, begun),
                totals(answer.path("totals")), answer.path("notNoted").asLong(0), after.isEmpty(),
                next.isEmpty() ? "" : "?after=" + next);
    }

    private static Instant begun(JsonNode history, List<CallSpan> spans) {
        var accepted = Launches.text(history.path("events").path(0), "at");
        if (!accepted.isEmpty()) {
            return Instant.parse(accepted);
        }
        return spans.isEmpty() ? Instant.EPOCH : spans.getFirst().begun();
    }

    private static Totals totals(JsonNode totals) {
        return new Totals(totals.path("calls").asLong(0), totals.path("entries").asLong(0),
                totals.path("notSent").asLong(0), totals.path("refused").asLong(0), totals.path("limited").asLong(0),
                totals.path("unknown").asLong(0), took(Duration.ofMillis(totals.path("tookMs").asLong(0))));
    }

    private static List<Row> rows(List<CallSpan> spans, List<CallWaits.Wait> waits, Instant begun) {
        var rows = new ArrayList<Row>();
        int number = 0;
        for (var span : spans) {
            waits.stream().filter(wait -> wait.until().equals(span.begun()) && wait.before() == span)
                    .forEach(wait -> rows.add(new Wait(wait.sentence())));
            rows.add(call(span, ++number, begun));
        }
        return rows;
    }

    private static Call call(CallSpan span, int number, Instant begun) {
        var call = span.call();
        var entries = new CallEntries(call);
        var lines = entries.lines();
        var bad = lines.stream().filter(line -> line.outcome() != CallOutcome.SENT).count();
        var more = entries.count() > FEW || bad > 0;
        var summary = Story.counted(entries.count(), "operation")
                + (bad == 0 || entries.count() == 1 ? "" : ", " + bad + " not well");
        return new Call(number, CallWords.what(call, entries), CallWords.by(call), Launches.text(call, "begunAt"),
                since(Duration.between(begun, span.begun())), took(span.took()), span.outcome(),
                Launches.text(call, "httpStatus"), Launches.text(call, "fbtraceId"), more ? summary : "",
                more ? lines : List.of());
    }

    /** Since the launch began: {@code +1.04 s}. */
    static String since(Duration time) {
        var millis = Math.max(0, time.toMillis());
        return "+" + (millis < 60_000 ? String.format(Locale.ROOT, "%.2f s", millis / 1_000.0) : took(time));
    }

    /** {@code 412 ms}, {@code 3.2 s}, {@code 2 min 5 s}. */
    static String took(Duration time) {
        var millis = Math.max(0, time.toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        var seconds = millis / 1_000;
        return seconds < 3_600 ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }

    public String shownName() {
        return name.isEmpty() ? "Launch " + jobId.substring(0, Math.min(8, jobId.length())) : name;
    }
}
