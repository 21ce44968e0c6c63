package io.campaignlauncher.analytics.model;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tallies of a {@link Span} that moves on with time: as many as it has parts. What is older than all of them is passed over. */
final class Window {

    private final Span span;
    private final @Nullable Tally[] parts;
    private final long[] numbers;

    Window(Span span) {
        this.span = span;
        this.parts = new Tally[span.parts()];
        this.numbers = new long[span.parts()];
    }

    void add(Instant at, Consumer<Tally> what) {
        var number = number(at);
        var place = Math.floorMod(number, parts.length);
        var part = parts[place];
        if (part != null && numbers[place] > number) {
            return;
        }
        if (part == null || numbers[place] < number) {
            part = new Tally();
            parts[place] = part;
            numbers[place] = number;
        }
        what.accept(part);
    }

    Tally until(Instant now) {
        var last = number(now);
        var all = new Tally();
        for (var place = 0; place < parts.length; place++) {
            var part = parts[place];
            if (part != null && numbers[place] <= last && numbers[place] > last - parts.length) {
                all.add(part);
            }
        }
        return all;
    }

    private long number(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), span.partMs());
    }
}
