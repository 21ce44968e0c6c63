package io.campaignlauncher.job.model;

import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What holds of any history of a job; {@link World} makes the histories, {@link WorldRules} says what holds. A failure names
 * the setting: {@code new World(setting).run()} plays the same history again.
 */
class JobPropertyTest {

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    void every_history_keeps_the_rules_and_ends(@ForAll("settings") WorldSetting setting) {
        var history = new World(setting).run().history();

        // A world in which little happens would prove little.
        occurs(history, "completed", 30, JobEvent.JobCompleted.class::isInstance);
        occurs(history, "rolled back", 10, JobEvent.JobRolledBack.class::isInstance);
        occurs(history, "declined", 3, JobEvent.RollbackDeclined.class::isInstance);
        occurs(history, "cancelled", 15, JobEvent.JobCancelled.class::isInstance);
        occurs(history, "waited for its start", 25, JobEvent.LaunchScheduled.class::isInstance);
        occurs(history, "waited for a video", 10, event -> event instanceof JobEvent.PreVerificationCompleted e
                && e.report().readyAt() != null);
        occurs(history, "moved", 6, JobEvent.LaunchRescheduled.class::isInstance);
        occurs(history, "reopened", 15, JobEvent.SlotsReopened.class::isInstance);
        occurs(history, "limited", 10, JobEvent.RateLimitReached.class::isInstance);
        occurs(history, "cut short", 10,
                event -> event instanceof JobEvent.CreationRoundEnded e && e.end() == RoundEnd.INTERRUPTED);
        occurs(history, "looked first", 15, event -> event instanceof JobEvent.CreationRequested e && e.readFirst());
        occurs(history, "adopted by a look", 2, event -> event instanceof JobEvent.SlotsCreated e && e.round() == 0);
        occurs(history, "surplus", 3,
                event -> event instanceof JobEvent.DeletionRequested e && e.reason() == DeletionReason.SURPLUS);
        occurs(history, "deleted in vain", 1, event -> event instanceof JobEvent.RetryScheduled e
                && e.fault().message().startsWith("Facebook said that they are deleted"));
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void every_history_of_many_slots_keeps_the_rules_and_ends(@ForAll("large") WorldSetting setting) {
        new World(setting).run();
    }

    /** In at least so many per cent of the histories there is such an event. */
    private static void occurs(List<JobEvent> history, String label, int percent, Predicate<JobEvent> wanted) {
        Statistics.label(label).collect(history.stream().anyMatch(wanted));
        Statistics.label(label).coverage(coverage -> coverage.check(true).percentage(seen -> seen >= percent));
    }

    @Provide
    Arbitrary<WorldSetting> settings() {
        return Combinators.combine(Arbitraries.longs().withDistribution(RandomDistribution.uniform()), upTo(4),
                Arbitraries.of(Strategy.FOR_ALL, Strategy.FOR_ADS, Strategy.AS_LISTED),
                upTo(7).map(budget -> budget - 1), Arbitraries.of(RollbackPolicy.class), upTo(300), upTo(400),
                cancelled()).as(WorldSetting::new);
    }

    /** Mostly never; else often within the first round, and sometimes much later. */
    static Arbitrary<Integer> cancelled() {
        return Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.just(WorldSetting.NEVER)), Tuple.of(2, upTo(15_000)),
                Tuple.of(1, upTo(600_000)));
    }

    /** Up to 200 ad sets with up to 5 ads in each. */
    @Provide
    Arbitrary<WorldSetting> large() {
        return Combinators.combine(Arbitraries.longs().withDistribution(RandomDistribution.uniform()), upTo(200),
                Arbitraries.just(Strategy.AS_LISTED), upTo(7).map(budget -> budget - 1),
                Arbitraries.of(RollbackPolicy.class), upTo(30), upTo(400), cancelled()).as(WorldSetting::new);
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers().between(1, most).withDistribution(RandomDistribution.uniform());
    }
}
