package io.campaignlauncher.moderation.http;

import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.PostStatus;
import io.campaignlauncher.moderation.store.MarketQueries.Stock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much there is of what is under way. Metrics, all -1 while it is not known: {@code market.targets.submitted} wait for
 * a moderator, the oldest for {@code market.targets.submitted.age}; {@code market.escrows.held} hold
 * {@code market.escrows.amount}; {@code market.posts} by {@code status}; {@code market.kill.switch} by {@code name} is 1
 * for on, and 0 for off or unreadable.
 */
final class StockFigures {

    private static final double UNKNOWN = -1;

    private volatile @Nullable Stock stock;
    private volatile Map<String, String> switches = Map.of();

    StockFigures(MeterRegistry meters) {
        gauge(meters, "market.targets.submitted", null, "targets that wait for a moderator", Stock::submitted);
        gauge(meters, "market.targets.submitted.age", "seconds", "how long the oldest has waited",
                Stock::oldestSeconds);
        gauge(meters, "market.escrows.held", null, "escrows that hold money", Stock::held);
        gauge(meters, "market.escrows.amount", null, "money that is held", Stock::heldAmount);
        for (var status : PostStatus.values()) {
            Gauge.builder("market.posts", () -> of(known -> known.posts().getOrDefault(status, 0L)))
                    .description("post jobs by status; -1: not known").tag("status", status.word()).register(meters);
        }
        Arrays.stream(MarketSwitch.values()).map(MarketSwitch::word)
                .forEach(name -> Gauge.builder("market.kill.switch", () -> isOn(name))
                        .description("1: on, 0: off or unreadable; -1: not known").tag("name", name).register(meters));
    }

    private void gauge(MeterRegistry meters, String name, @Nullable String unit, String what,
            ToDoubleFunction<Stock> figure) {
        Gauge.builder(name, () -> of(figure)).description(what + "; -1: not known").baseUnit(unit).register(meters);
    }

    private double of(ToDoubleFunction<Stock> figure) {
        var known = stock;
        return known == null ? UNKNOWN : figure.applyAsDouble(known);
    }

    private double isOn(String name) {
        var word = switches.get(name);
        return word == null ? UNKNOWN : word.equals("enabled") ? 1 : 0;
    }

    /** @param next null: nobody knows */
    void know(@Nullable Stock next, Map<String, String> switchWords) {
        stock = next;
        switches = switchWords;
    }
}
