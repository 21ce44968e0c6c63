package io.campaignlauncher.market.model;

import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What holds of any history of the marketplace; {@link MarketWorld} makes the histories, {@link WorldRules} says what holds. A failure
 * names the seed, which plays the same history again.
 */
class MarketPropertyTest {

    private static final int STEPS = 700;

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    void every_history_keeps_the_rules(@ForAll("seeds") long seed) {
        var world = new MarketWorld(seed);
        var rules = new WorldRules(world.market());
        for (int i = 0; i < STEPS; i++) {
            var step = world.next();
            rules.before();
            rules.after(step, world.market().tell(step.actor(), step.command()));
        }
        rules.replayed();

        // A world in which little happens would prove little.
        var history = world.market().log().stream().map(RecordedEvent::event).toList();
        occurs(history, "approved", 90, TargetEvent.TargetApproved.class::isInstance);
        occurs(history, "released", 40, TargetEvent.EscrowReleased.class::isInstance);
        occurs(history, "refunded", 50, TargetEvent.EscrowRefunded.class::isInstance);
        occurs(history, "refunded by a cancel", 3, e -> e instanceof TargetEvent.EscrowRefunded refunded
                && refunded.reason().equals(EndingRules.CANCELLED));
        occurs(history, "rejected", 60, TargetEvent.TargetRejected.class::isInstance);
        occurs(history, "unknown", 40, TargetEvent.PostOutcomeUnknown.class::isInstance);
        occurs(history, "decided", 4, TargetEvent.UnknownPostDecided.class::isInstance);
        occurs(history, "missing", 15, TargetEvent.PostMissing.class::isInstance);
        occurs(history, "suspected", 15, TargetEvent.SurplusPostSuspected.class::isInstance);
        occurs(history, "surplus", 50, TargetEvent.SurplusPostFound.class::isInstance);
        occurs(history, "corrected", 60, CorrectionEvent.CorrectionApproved.class::isInstance);
        occurs(history, "cancelled", 30, CampaignEvent.CampaignCancelled.class::isInstance);
        occurs(history, "edited", 60, TargetEvent.TargetEdited.class::isInstance);
    }

    /** In at least so many per cent of the histories there is such an event. */
    private static void occurs(List<MarketEvent> history, String label, int percent, Predicate<MarketEvent> wanted) {
        Statistics.label(label).collect(history.stream().anyMatch(wanted));
        Statistics.label(label).coverage(coverage -> coverage.check(true).percentage(seen -> seen >= percent));
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().withDistribution(RandomDistribution.uniform());
    }
}
