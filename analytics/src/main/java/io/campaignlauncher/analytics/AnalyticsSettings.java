package io.campaignlauncher.analytics;

import io.campaignlauncher.analytics.model.Figures;
import io.campaignlauncher.analytics.model.Span;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far back and how much.
 *
 * @param history how old the records are that a start reads; null: all that there are
 * @param bounds  of what is remembered
 */
public record AnalyticsSettings(@Nullable Duration history, Figures.Bounds bounds) {

    /** The longest span, and an hour more for what had begun before it. */
    public static final Duration HISTORY = Span.DAY.length().plusHours(1);

    public static final AnalyticsSettings DEFAULT = new AnalyticsSettings(HISTORY, Figures.Bounds.DEFAULT);

    public AnalyticsSettings {
        if (history != null && history.compareTo(Span.DAY.length()) < 0) {
            throw new IllegalArgumentException("the figures need a history of at least " + Span.DAY.label() + ", not "
                    + history);
        }
    }

    public static AnalyticsSettings withHistory(@Nullable Duration history) {
        return new AnalyticsSettings(history, Figures.Bounds.DEFAULT);
    }
}
