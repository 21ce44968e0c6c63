package io.campaignlauncher.creation.graph;

import static io.campaignlauncher.creation.Commands.command;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.model.CommandRules;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.schemas.CreationReported;
import io.campaignlauncher.schemas.RoundEnd;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A job is cancelled while its creator is at work, before it, and after it; or its creator has to go. */
class StoppedRoundsTest {

    private final Workshop shop = new Workshop();

    private static UUID jobOf(CreationCommand command) {
        return CommandRules.jobId(command.message());
    }

    @Test
    void what_is_in_flight_is_reported_and_nothing_more_is_sent() {
        shop.facebook.latency = Duration.ofMillis(100);
        var worker = shop.worker();
        var command = command(launch("j", 200, 1));
        worker.begin(List.of(command)).subscribe();
        shop.pass(Duration.ofMillis(150));
        var sent = shop.facebook.requests.size();

        worker.stop(jobOf(command));
        shop.pass(Duration.ofSeconds(40));

        assertThat(sent).isBetween(2, 199);
        assertThat(shop.facebook.requests).hasSize(sent);
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
        assertThat(shop.created()).hasSize(shop.facebook.entities.size());
        assertThat(shop.failed()).isEmpty();
        assertThat(shop.claims.rows.values()).allMatch(MemoryClaims.Row::finished);
    }

    @Test
    void a_round_that_waits_for_the_pace_of_its_account_ends_at_once() {
        var paced = new Workshop(Workshop.capped(2));
        var worker = paced.worker();
        var command = command(launch("j", 40, 1));
        worker.begin(List.of(command)).subscribe();
        paced.pass(Duration.ofSeconds(5));
        var sent = paced.facebook.requests.size();

        worker.stop(jobOf(command));
        paced.pass(Duration.ofSeconds(1));

        assertThat(paced.facebook.requests).hasSize(sent);
        assertThat(paced.ends()).containsExactly(RoundEnd.DONE);
    }

    @Test
    void a_command_that_its_stop_has_overtaken_is_claimed_and_ends_without_a_request() {
        var worker = shop.worker();
        var command = command(launch("j", 5, 1));
        worker.stop(jobOf(command));

        worker.begin(List.of(command)).subscribe();
        shop.pass(Duration.ofSeconds(40));

        assertThat(shop.facebook.requests).isEmpty();
        assertThat(shop.reports).singleElement().returns(RoundEnd.DONE, CreationReported::getEnd)
                .returns(0, CreationReported::getHttpCalls);
        assertThat(shop.claims.rows.values()).singleElement().matches(MemoryClaims.Row::finished);
    }

    @Test
    void a_round_that_was_to_read_first_does_not_read() {
        var worker = shop.worker();
        var command = command(launch("j", 5, 1).setLookFirst(true));
        worker.stop(jobOf(command));

        worker.begin(List.of(command)).subscribe();
        shop.pass(Duration.ofSeconds(40));

        assertThat(shop.facebook.requests).isEmpty();
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
    }

    @Test
    void a_round_that_is_reading_creates_nothing_afterwards() {
        shop.facebook.latency = Duration.ofMillis(100);
        var worker = shop.worker();
        var command = command(launch("j", 5, 1).setLookFirst(true));
        worker.begin(List.of(command)).subscribe();
        shop.pass(Duration.ofMillis(50));

        worker.stop(jobOf(command));
        shop.pass(Duration.ofSeconds(40));

        assertThat(shop.facebook.requests).isNotEmpty();
        assertThat(shop.facebook.entities).isEmpty();
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
    }

    @Test
    void an_outcome_that_is_unknown_when_the_round_is_stopped_is_told_as_unknown() {
        shop.facebook.latency = Duration.ofMinutes(5);
        var worker = shop.worker();
        var command = command(launch("j", 1, 1));
        worker.begin(List.of(command)).subscribe();
        shop.pass(Duration.ofMillis(50));

        worker.stop(jobOf(command));
        shop.pass(Duration.ofMinutes(2));

        assertThat(shop.last().getQuietAt()).isNotNull();
        assertThat(shop.failed()).hasSize(1);
        assertThat(shop.last().getFaults()).allMatch(fault -> fault.getOutcomeUnknown());
    }

    @Test
    void a_worker_that_leaves_ends_its_rounds_with_what_is_in_flight_and_another_goes_on_at_once() {
        shop.facebook.latency = Duration.ofMillis(100);
        var worker = shop.worker();
        worker.begin(List.of(command(launch("j", 200, 1)))).subscribe();
        shop.pass(Duration.ofMillis(150));
        var sent = shop.facebook.requests.size();

        worker.leave();
        shop.pass(Duration.ofMillis(500));

        assertThat(sent).isBetween(2, 199);
        assertThat(shop.facebook.requests).as("nothing but what was in flight").hasSize(sent);
        assertThat(worker.roundsInProgress()).isZero();
        assertThat(shop.last()).as("nothing is in doubt, so nobody has to wait")
                .returns(RoundEnd.DONE, CreationReported::getEnd).returns(null, CreationReported::getQuietAt);
        assertThat(shop.created()).isNotEmpty().hasSize(shop.facebook.entities.size());
        assertThat(shop.claims.rows.values()).allMatch(MemoryClaims.Row::finished);
    }

    @Test
    void a_round_that_has_made_nothing_yet_when_its_worker_leaves_makes_something_before_it_ends() {
        shop.facebook.latency = Duration.ofMillis(100);
        var worker = shop.worker();
        worker.begin(List.of(command(launch("j", 50, 1)))).subscribe();
        shop.pass(Duration.ofMillis(50));

        worker.leave();
        shop.pass(Duration.ofSeconds(1));

        assertThat(shop.created()).as("a round without a success would use up a retry").hasSize(1);
        assertThat(shop.failed()).isEmpty();
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
    }

    @Test
    void other_jobs_go_on() {
        shop.facebook.latency = Duration.ofMillis(100);
        var worker = shop.worker();
        var stopped = command(launch("j", 5, 1));
        worker.begin(List.of(stopped, command(launch("k", 5, 1)))).subscribe();
        shop.pass(Duration.ofMillis(50));

        worker.stop(jobOf(stopped));
        shop.pass(Duration.ofSeconds(40));

        assertThat(shop.created()).hasSize(12);
    }

    @Test
    void a_job_is_kept_in_mind_as_long_as_a_command_of_it_may_be_claimed_and_no_longer() {
        var jobs = new StoppedJobs(() -> shop.scheduler.now(TimeUnit.NANOSECONDS),
                Duration.ofHours(1));
        var one = UUID.randomUUID();
        jobs.add(one);
        shop.pass(Duration.ofMinutes(59));
        jobs.add(UUID.randomUUID());
        assertThat(jobs.has(one)).isTrue();

        shop.pass(Duration.ofMinutes(2));
        jobs.add(UUID.randomUUID());
        assertThat(jobs.has(one)).isFalse();
    }
}
