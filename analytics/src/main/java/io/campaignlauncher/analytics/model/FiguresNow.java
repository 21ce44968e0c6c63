package io.campaignlauncher.analytics.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures at some time.
 *
 * @param spans    of the latest time
 * @param inAll    of everything that was read
 * @param live     of what came since everything that was there at the start had been read; null until then
 * @param underWay jobs that have not settled
 * @param repeated events that were told before
 */
public record FiguresNow(Map<Span, Tally> spans, Tally inAll, @Nullable Tally live, int underWay, long repeated) {

    public Tally of(Span span) {
        return spans.getOrDefault(span, new Tally());
    }
}
