package io.campaignlauncher.console.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests as bars over time, a lane for each service. Waits are folded: each is as wide as the others, however long it was.
 *
 * @param height of the picture, whose width is {@link #WIDTH}
 */
public record Waterfall(List<Lane> lanes, List<Gap> gaps, List<Tick> ticks, int height) {

    public static final int WIDTH = 1200;
    public static final int BAR_HEIGHT = 10;

    private static final int LEFT = 92;
    private static final int TOP = 24;
    private static final int ROW = 13;
    private static final int LANE_SPACE = 10;
    private static final int GAP_MAX = 64;
    private static final int GAPS_SHARE = 2;
    private static final int BAR_MIN = 3;
    private static final int TICK_SPACE = 52;

    /** @param y of its name */
    public record Lane(String name, int y, List<Bar> bars) {

        public Lane {
            bars = List.copyOf(bars);
        }
    }

    /** One request. @param number of its row in the table */
    public record Bar(int x, int y, int width, CallOutcome outcome, int number) {}

    /** A wait. @param label how long; empty where there is no room */
    public record Gap(int x, int width, String label) {}

    /** @param label time since the launch began */
    public record Tick(int x, String label) {}

    public Waterfall {
        lanes = List.copyOf(lanes);
        gaps = List.copyOf(gaps);
        ticks = List.copyOf(ticks);
    }

    static Waterfall of(List<CallSpan> spans, List<CallWaits.Wait> waits, Instant begun) {
        if (spans.isEmpty()) {
            return new Waterfall(List.of(), List.of(), List.of(), 0);
        }
        return new Drawing(spans, waits, begun).drawn();
    }

    private static final class Drawing {

        private final List<CallSpan> spans;
        private final List<CallWaits.Wait> waits;
        private final Instant begun;
        private final Instant first;
        private final Instant last;
        private final int gapWidth;
        private final double perMilli;

        Drawing(List<CallSpan> spans, List<CallWaits.Wait> waits, Instant begun) {
            this.spans = spans;
            this.waits = waits;
            this.begun = begun;
            this.first = spans.getFirst().begun();
            this.last = spans.stream().map(CallSpan::ended).max(Comparator.naturalOrder()).orElseThrow();
            var room = WIDTH - LEFT - BAR_MIN;
            this.gapWidth = waits.isEmpty() ? 0 : Math.min(GAP_MAX, room / GAPS_SHARE / waits.size());
            var busy = Duration.between(first, last).toMillis() - waits.stream().mapToLong(Drawing::millis).sum();
            this.perMilli = (room - (double) gapWidth * waits.size()) / Math.max(1, busy);
        }

        private static long millis(CallWaits.Wait wait) {
            return Duration.between(wait.from(), wait.until()).toMillis();
        }

        /** Waits that are over by then are each as wide as a gap. */
        private int x(Instant at) {
            var over = waits.stream().filter(wait -> !wait.until().isAfter(at)).toList();
            var millis = Duration.between(first, at).toMillis() - over.stream().mapToLong(Drawing::millis).sum();
            return (int) (LEFT + over.size() * gapWidth + millis * perMilli);
        }

        Waterfall drawn() {
            Map<String, List<CallSpan>> byService = new LinkedHashMap<>();
            spans.forEach(span -> byService.computeIfAbsent(span.service(), _ -> new ArrayList<>()).add(span));
            var lanes = new ArrayList<Lane>();
            int y = TOP;
            for (var lane : byService.entrySet()) {
                var bars = bars(lane.getValue(), y);
                lanes.add(new Lane(CallWords.lane(lane.getKey()), y + BAR_HEIGHT, bars));
                y = bars.stream().mapToInt(Bar::y).max().orElse(y) + ROW + LANE_SPACE;
            }
            return new Waterfall(lanes, gaps(), ticks(), y);
        }

        /** Those that were under way side by side are below each other. */
        private List<Bar> bars(List<CallSpan> lane, int top) {
            var freeFrom = new ArrayList<Integer>();
            var bars = new ArrayList<Bar>();
            for (var span : lane) {
                int x = x(span.begun());
                int width = Math.max(BAR_MIN, (int) (span.took().toMillis() * perMilli));
                int row = 0;
                while (row < freeFrom.size() && freeFrom.get(row) > x) {
                    row++;
                }
                if (row == freeFrom.size()) {
                    freeFrom.add(0);
                }
                freeFrom.set(row, x + width + 1);
                bars.add(new Bar(x, top + row * ROW, width, span.outcome(), spans.indexOf(span) + 1));
            }
            return bars;
        }

        private List<Gap> gaps() {
            return waits.stream().map(wait -> new Gap(x(wait.until()) - gapWidth, gapWidth,
                    gapWidth < TICK_SPACE ? "" : wait.took())).toList();
        }

        /** Where something begins, at the first request and behind each wait, and where all ends: where there is room. */
        private List<Tick> ticks() {
            var ticks = new ArrayList<Tick>();
            ticks.add(new Tick(x(first), label(first)));
            for (var wait : waits) {
                int x = x(wait.until());
                if (x - ticks.getLast().x() >= 2 * TICK_SPACE) {
                    ticks.add(new Tick(x, label(wait.until())));
                }
            }
            int end = x(last);
            if (end - ticks.getLast().x() >= 3 * TICK_SPACE) {
                ticks.add(new Tick(end - TICK_SPACE - ROW, label(last)));
            }
            return ticks;
        }

        private String label(Instant at) {
            return Calls.since(Duration.between(begun, at));
        }
    }
}
