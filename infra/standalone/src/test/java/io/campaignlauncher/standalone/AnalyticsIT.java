package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.analytics.AnalyticsConsumer;
import io.campaignlauncher.analytics.AnalyticsSettings;
import io.campaignlauncher.analytics.model.Counted;
import io.campaignlauncher.analytics.model.FiguresNow;
import io.campaignlauncher.analytics.model.Share;
import io.campaignlauncher.analytics.model.Span;
import io.campaignlauncher.analytics.model.Stage;
import io.campaignlauncher.analytics.model.Tally;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.VerificationCompleted;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The figures of a consumer that reads the real topics, against launches whose faults were scripted. */
@OnRunningSystem
class AnalyticsIT {

    private final RunningSystem system;

    AnalyticsIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void are_exactly_what_happened_also_after_a_restart_and_with_repeated_records() {
        FiguresNow before;
        try (var consumer = reading()) {
            before = consumer.figures();
        }
        var completed = Requests.forAds(system.freshAccount(), 4).build();
        var refused = Requests.oneFiftyOne("act_1002", 3).build();
        var limited = Requests.oneFiftyOne(system.freshAccount(), 4).build();
        var lost = Requests.oneFiftyOne(system.freshAccount(), 4).build();
        var silent = Requests.forAll(system.freshAccount(), 4).build();
        var suspended = Requests.oneFiftyOne(system.freshAccount(), 4).build();
        var exhausted = Requests.oneFiftyOne(system.freshAccount(), 4).setRetryBudget(2).build();
        fault(limited, new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofMillis(300)), 3, 1);
        fault(lost, FaultEffect.replyLost(), 3, 1);
        fault(silent, new FaultEffect.SilentFailure(), 2, 1);
        fault(suspended, FaultEffect.accountDisabled(), 3, 1);
        fault(exhausted, FaultEffect.requestLost(), 4, 0);
        var all = List.of(completed, refused, limited, lost, silent, suspended, exhausted);
        all.forEach(system::publish);
        all.forEach(request -> system.settled(RunningSystem.jobId(request)));

        try (var first = reading()) {
            var figures = awaitSettled(first, before, all.size());
            exactly(news(before, figures), all);
            assertThat(figures.of(Span.HOUR).counts(Counted.JOBS_SETTLED)).as("all of it was just now")
                    .isEqualTo(figures.inAll().counts(Counted.JOBS_SETTLED));
            figures.of(Span.HOUR).counts(Counted.RETRIES).forEach((reason, times) -> assertThat(times)
                    .isEqualTo(figures.inAll().count(Counted.RETRIES, reason)));

            all.forEach(this::publishEverythingAgain);
            var repeated = all.stream().mapToLong(request -> system.published().eventsOf(id(request)).size()).sum();
            await().atMost(RunningSystem.PATIENCE)
                    .until(() -> first.figures().repeated() >= figures.repeated() + repeated);
            exactly(news(before, first.figures()), all);
        }
        try (var second = reading()) {
            exactly(news(before, awaitSettled(second, before, all.size())), all);
        }
    }

    private void exactly(Map<Counted, Map<String, Long>> news, List<CreateCampaign> all) {
        var retries = retriesByReason(all);
        assertThat(retries.remove("without_code")).as("of the silent failure").isEqualTo(1);
        retries.put("entities_missing", 1L);
        assertThat(news.get(Counted.JOBS_ACCEPTED))
                .isEqualTo(Map.of("for_ads", 1L, "for_all", 1L, "one_fifty_one", 5L));
        assertThat(news.get(Counted.JOBS_SETTLED)).isEqualTo(Map.of("completed", 4L, "failed", 1L, "rolled_back", 2L));
        assertThat(news.get(Counted.VERIFICATIONS)).isEqualTo(Map.of("passed", 6L, "refused", 1L));
        assertThat(news.get(Counted.REFUSALS)).containsKey("account_active");
        assertThat(news.get(Counted.RETRIES)).isEqualTo(retries).isNotEmpty();
        assertThat(news.get(Counted.RATE_LIMITS)).isEqualTo(Map.of("", count(all, RateLimitReached.class)));
        assertThat(news.get(Counted.JOBS_RETRIED)).as("the lost answer, the silent failure; the one in vain")
                .isEqualTo(Map.of("completed", 2L, "rolled_back", 1L));
        assertThat(news.get(Counted.RETRIES_OF_SETTLED))
                .isEqualTo(Map.of("", retries.values().stream().mapToLong(Long::longValue).sum()));
        assertThat(news.get(Counted.JOBS_EXHAUSTED)).isEqualTo(Map.of("", 1L));
        assertThat(news.get(Counted.JOBS_WITH_DISCREPANCY)).as("the silent failure").isEqualTo(Map.of("", 1L));
        assertThat(news.get(Counted.JOBS_LOOKED_AT)).isEqualTo(Map.of("", all.stream()
                .filter(request -> !system.published().eventsOf(id(request), VerificationCompleted.class).isEmpty())
                .count()));
        assertThat(news.get(Counted.ENTITIES_MISSING)).as("an ad set with its ad").isEqualTo(Map.of("", 2L));
        assertThat(news.get(Counted.ENTITIES_ADOPTED)).as("an ad set with its ad").isEqualTo(Map.of("look_first", 2L));
        assertThat(news.get(Counted.DUPLICATES_FOUND)).isEmpty();
        assertThat(news.get(Counted.ROLLBACKS)).hasSize(2).containsEntry("retries_used_up", 1L)
                .hasEntrySatisfying(only(news.get(Counted.ROLLBACKS), "error_"),
                        times -> assertThat(times).isEqualTo(1));
        assertThat(news.get(Counted.ROLLBACKS_ENDED)).isEqualTo(Map.of("rolled_back", 2L));
        assertThat(count(all, DeletionPassEnded.class)).isGreaterThanOrEqualTo(2);
    }

    private static String only(Map<String, Long> counts, String beginning) {
        return counts.keySet().stream().filter(label -> label.startsWith(beginning)).findFirst().orElseThrow();
    }

    @Test
    void shares_and_times_are_there_for_everybody_on_the_metrics_page() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");

        try (var consumer = reading()) {
            var figures = awaitSettled(consumer, null, 1);
            var tally = figures.inAll();
            assertThat(Share.VERIFICATIONS_PASSED.of(tally)).isPositive();
            for (var stage : List.of(Stage.QUEUE, Stage.VERIFICATION, Stage.CREATION, Stage.LOOK, Stage.LAUNCH)) {
                assertThat(tally.durations(stage).count()).as(stage.name()).isPositive();
                assertThat(tally.durations(stage).percentileSeconds(0.5)).isLessThan(60);
            }
            assertThat(tally.durations(Stage.QUEUE).count()).as("a request over HTTP waits nowhere")
                    .isLessThanOrEqualTo(tally.sum(Counted.JOBS_ACCEPTED));
            assertThat(tally.durations(Stage.LAUNCH).count())
                    .isEqualTo(tally.count(Counted.JOBS_SETTLED, "completed"));
        }
        await().atMost(RunningSystem.PATIENCE).untilAsserted(() -> {
            var page = Scrape.of(system);
            assertThat(page.value("figures_jobs_settled_total", Map.of("status", "completed"))).isPositive();
            assertThat(page.value("figures_recent_jobs_settled", Map.of("status", "completed", "window", "1h")))
                    .isPositive();
            assertThat(page.value("figures_recent_time_seconds",
                    Map.of("stage", "launch", "quantile", "0.5", "window", "1h"))).isPositive();
        });
    }

    /** A consumer of its own, which has read everything. */
    private AnalyticsConsumer reading() {
        var consumer = AnalyticsConsumer.start(system.standalone().kafka(),
                AnalyticsSettings.withHistory(null), new SimpleMeterRegistry(), Clock.systemUTC());
        await().atMost(RunningSystem.PATIENCE).until(() -> consumer.progress().caughtUp());
        return consumer;
    }

    private FiguresNow awaitSettled(AnalyticsConsumer consumer, FiguresNow before, int more) {
        var expected = more + (before == null ? 0 : before.inAll().sum(Counted.JOBS_SETTLED));
        var queued = more + (before == null ? 0 : before.inAll().durations(Stage.QUEUE).count());
        return await().atMost(RunningSystem.PATIENCE).until(consumer::figures,
                figures -> figures.live() != null && figures.inAll().sum(Counted.JOBS_SETTLED) >= expected
                        && figures.inAll().durations(Stage.QUEUE).count() >= queued);
    }

    /** What came since then, by label. */
    private static Map<Counted, Map<String, Long>> news(FiguresNow before, FiguresNow after) {
        var news = new EnumMap<Counted, Map<String, Long>>(Counted.class);
        for (var counted : Counted.values()) {
            var more = new TreeMap<String, Long>();
            labels(counted, before.inAll(), after.inAll()).forEach(label -> {
                var times = after.inAll().count(counted, label) - before.inAll().count(counted, label);
                if (times != 0) {
                    more.put(label, times);
                }
            });
            news.put(counted, more);
        }
        return news;
    }

    private static TreeSet<String> labels(Counted counted, Tally... tallies) {
        var labels = new TreeSet<String>();
        Stream.of(tallies).forEach(tally -> labels.addAll(tally.counts(counted).keySet()));
        return labels;
    }

    private Map<String, Long> retriesByReason(List<CreateCampaign> all) {
        var retries = new TreeMap<String, Long>();
        all.stream().flatMap(request -> system.published().eventsOf(id(request), RetryScheduled.class).stream())
                .map(RetryScheduled::getFault)
                .map(fault -> fault.getCode() != null
                        ? "error_" + fault.getCode() + (fault.getSubcode() == null ? "" : "_" + fault.getSubcode())
                        : fault.getOutcomeUnknown() ? "no_answer" : "without_code")
                .forEach(reason -> retries.merge(reason, 1L, Long::sum));
        return retries;
    }

    private long count(List<CreateCampaign> all, Class<? extends SpecificRecord> type) {
        Function<CreateCampaign, Long> events = request -> (long) system.published().eventsOf(id(request), type).size();
        return all.stream().mapToLong(events::apply).sum();
    }

    /** As a change feed does that begins again, and an app that publishes twice. */
    private void publishEverythingAgain(CreateCampaign request) {
        system.publish(request);
        for (var record : List.copyOf(system.published().recordsOf(id(request)))) {
            system.publish(new ProducerRecord<>(record.topic(), null, record.timestamp(), record.key(), record.value(),
                    record.headers()));
        }
    }

    private void fault(CreateCampaign request, FaultEffect effect, int from, int times) {
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, effect, from, times);
    }

    private static String id(CreateCampaign request) {
        return RunningSystem.jobId(request);
    }
}
