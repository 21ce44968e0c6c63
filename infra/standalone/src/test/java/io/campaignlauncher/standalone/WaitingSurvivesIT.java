package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.LaunchRecords.Received;
import io.campaignlauncher.schemas.LookScheduled;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.standalone.Services.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

/** Whatever waits for a time, for the feed or for the read model still waits, and no longer, after a restart. */
@OnRunningSystem
class WaitingSurvivesIT {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String TIMERS = "timerService";
    private static final String FEED = "changeFeed";
    private static final String READ_MODEL = "readModelContainer";
    private static final List<String> PARTS = List.of(TIMERS, FEED, READ_MODEL);

    private final RunningSystem system;

    WaitingSurvivesIT(RunningSystem system) {
        this.system = system;
    }

    /** The end of a wait, as the event that began it says, and as the timers have it. */
    private record Wait(String jobId, int number, Instant due) {

        String timer() {
            return jobId + "/" + number;
        }
    }

    /** Also after a test that failed half way. */
    @AfterEach
    void the_job_service_runs_whole() {
        if (!PARTS.stream().allMatch(bean -> part(bean).isRunning())) {
            restart();
        }
    }

    @Test
    void a_back_off_a_rate_limit_and_a_settle_delay_end_on_time_and_not_before() {
        var backOff = replyLost();
        var settle = replyLost();
        var patient = replyLost();
        var limited = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        system.fault(limited.getAdAccountId(), FaultTarget.CREATE_AD_SET,
                new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(2)), 3, 1);
        part(TIMERS).stop();
        Stream.of(backOff, settle, patient, limited).forEach(system::publish);
        // Its retry is let go, so that it comes to the delay before its last look.
        endWait(retryOf(settle));
        var waits = List.of(retryOf(backOff),
                first(limited, RateLimitReached.class, RateLimitReached::getWaitNumber, RateLimitReached::getUntil),
                first(settle, LookScheduled.class, LookScheduled::getWaitNumber, LookScheduled::getAt));
        var due = waits.stream().collect(Collectors.toMap(Wait::timer, Wait::due));
        assertThat(timers(waits)).isEqualTo(due);

        system.services().stop(Service.JOB);
        assertThat(timers(waits)).isEqualTo(due);
        var longWait = retryOf(patient);
        var inAnHour = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofHours(1));
        setTimer(longWait, inAnHour);
        var startedAt = Instant.now();
        system.services().start(Service.JOB);
        var upAt = Instant.now();

        Stream.of(backOff, settle, limited).forEach(this::completed);
        for (var wait : waits) {
            var next = eventAfter(wait).orElseThrow();
            assertThat(next.envelope().time()).as(next + " is not early").isAfterOrEqualTo(wait.due())
                    .isAfter(startedAt)
                    .as("nor does the wait begin again").isBefore(latest(wait.due(), upAt).plus(SOON));
            assertThat(next.message()).isNotInstanceOfAny(RetryScheduled.class, RateLimitReached.class,
                    LookScheduled.class);
        }
        assertThat(eventAfter(longWait)).as("what is not due waits on").isEmpty();
        assertThat(timers(List.of(longWait))).containsEntry(longWait.timer(), inAnHour);
        setTimer(longWait, Instant.now());
        completed(patient);
    }

    @Test
    void every_event_that_the_feed_was_behind_with_is_published_in_its_order() {
        part(FEED).stop();
        var requests = launches(15);
        system.allCommandsRead();
        assertThat(requests).allSatisfy(request -> {
            assertThat(stored(request)).hasSizeGreaterThan(1);
            assertThat(system.published().recordsOf(RunningSystem.jobId(request))).isEmpty();
        });

        restart();

        requests.forEach(this::settledAsCompleted);
        assertThat(requests).allSatisfy(request -> {
            var stored = stored(request);
            until("all of them are there", () -> events(request).size() == stored.size());
            assertThat(events(request)).extracting(event -> event.envelope().id()).isEqualTo(stored);
            assertThat(events(request)).extracting(event -> event.envelope().sequence())
                    .containsExactlyElementsOf(LongStream.range(0, stored.size()).boxed().toList());
        });
        Invariants.hold(system, RunningSystem.jobId(requests.getLast()));
    }

    @Test
    void a_read_model_that_the_event_store_is_far_ahead_of_catches_up() {
        part(READ_MODEL).stop();
        var requests = launches(15);
        requests.forEach(request -> until("it completes",
                () -> !system.published().eventsOf(RunningSystem.jobId(request), JobCompleted.class).isEmpty()));
        assertThat(requests).allSatisfy(request -> {
            assertThat(system.job(RunningSystem.jobId(request)).path("status").asString())
                    .as("an answer is not as old as the tables").isEqualTo("completed");
            assertThat(system.sql().sql("select count(*) from campaign_creation_jobs where job_uuid = ?")
                    .param(UUID.fromString(RunningSystem.jobId(request))).query(Integer.class).single()).isZero();
        });
        system.services().stop(Service.JOB);
        forgetHowFarTheReadModelWas();

        system.services().start(Service.JOB);

        requests.forEach(this::settledAsCompleted);
        assertThat(system.readModel().differences()).isEmpty();
        Invariants.hold(system, RunningSystem.jobId(requests.getLast()));
    }

    private void forgetHowFarTheReadModelWas() {
        try (var admin = Admin.create(system.kafka(Map.of()))) {
            // Its member has left by now, or is about to.
            await().atMost(RunningSystem.PATIENCE).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(List.of("read-model")).all().get();
                return true;
            });
        }
    }

    private List<CreateCampaign> launches(int count) {
        var requests = IntStream.range(0, count)
                .mapToObj(_ -> Requests.oneFiftyOne(system.freshAccount(), 1).build()).toList();
        requests.forEach(system::publish);
        return requests;
    }

    private CreateCampaign replyLost() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 3, 1);
        return request;
    }

    /** A part of the job service that can be stopped by itself. */
    private SmartLifecycle part(String bean) {
        return system.services().context(Service.JOB).getBean(bean, SmartLifecycle.class);
    }

    private void restart() {
        system.services().stop(Service.JOB);
        system.services().start(Service.JOB);
    }

    private void endWait(Wait wait) {
        system.services().context(Service.JOB).getBean(JobCommandGateway.class)
                .decide(wait.jobId(), new JobCommand.EndWait(wait.number()), new Origin(null, wait.jobId(), null))
                .join();
    }

    private void setTimer(Wait wait, Instant at) {
        assertThat(system.sql().sql("update event_store.timers set execution_time = ? where task_instance = ?")
                .params(OffsetDateTime.ofInstant(at, ZoneOffset.UTC), wait.timer()).update()).isEqualTo(1);
    }

    private Wait retryOf(CreateCampaign request) {
        return first(request, RetryScheduled.class, RetryScheduled::getWaitNumber, RetryScheduled::getAt);
    }

    private interface Part<E, T> {
        T of(E event);
    }

    private <E extends SpecificRecord> Wait first(CreateCampaign request, Class<E> type, Part<E, Integer> number,
            Part<E, Instant> due) {
        var jobId = RunningSystem.jobId(request);
        until("it waits: " + type.getSimpleName(), () -> !system.published().eventsOf(jobId, type).isEmpty());
        var event = system.published().eventsOf(jobId, type).getFirst();
        return new Wait(jobId, number.of(event), due.of(event));
    }

    private Map<String, Instant> timers(List<Wait> waits) {
        return system.sql().sql("select task_instance, execution_time from event_store.timers"
                + " where task_name = 'end-wait' and task_instance in (:timers)")
                .param("timers", waits.stream().map(Wait::timer).toList())
                .query((row, _) -> Map.entry(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What followed the event that began the wait. */
    private Optional<Received> eventAfter(Wait wait) {
        var events = system.published().eventsOf(wait.jobId());
        var began = IntStream.range(0, events.size()).filter(i -> switch (events.get(i).message()) {
            case RetryScheduled e -> e.getWaitNumber() == wait.number();
            case RateLimitReached e -> e.getWaitNumber() == wait.number();
            case LookScheduled e -> e.getWaitNumber() == wait.number();
            default -> false;
        }).findFirst().orElseThrow();
        return events.stream().skip(began + 1L).findFirst();
    }

    private List<Received> events(CreateCampaign request) {
        return system.published().eventsOf(RunningSystem.jobId(request));
    }

    private List<String> stored(CreateCampaign request) {
        return system.sql().sql("select event_identifier from event_store.domain_events"
                + " where aggregate_identifier = ? order by sequence_number").param(RunningSystem.jobId(request))
                .query(String.class).list().stream().map(Objects::requireNonNull).toList();
    }

    private static void until(String what, BooleanSupplier condition) {
        await(what).atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void completed(CreateCampaign request) {
        settledAsCompleted(request);
        Invariants.hold(system, RunningSystem.jobId(request));
    }

    private void settledAsCompleted(CreateCampaign request) {
        var job = system.settled(RunningSystem.jobId(request));
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
    }
}
