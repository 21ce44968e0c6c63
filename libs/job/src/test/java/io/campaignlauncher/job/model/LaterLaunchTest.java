package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.accepted;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.checked;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.resumeStalled;
import static io.campaignlauncher.job.model.Samples.retryScheduled;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.JobCommand.AcceptJob;
import io.campaignlauncher.job.model.JobCommand.RescheduleLaunch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** T0 is noon in UTC, and four in the morning in Los Angeles. */
class LaterLaunchTest {

    private static final String LOS_ANGELES = "America/Los_Angeles";
    private static final String IN_AN_HOUR = "2026-03-01T13:00:00Z";
    private static final String IN_AN_HOUR_THERE = "2026-03-01T05:00:00";
    private static final Instant HOUR = later(3600);
    private static final Instant TWO_HOURS = later(7200);
    private static final Fault NO_ZONE = Fault.temporary(
            "the account's time zone, in which the launch begins, is unknown");

    private static RequestSample starting(@Nullable String startAt) {
        var request = request(1);
        request.startAt = startAt;
        return request;
    }

    private static PreVerificationReport passed(int attempt) {
        return Samples.passed(attempt, LOS_ANGELES);
    }

    private static JobEvent completed(PreVerificationReport report) {
        return new JobEvent.PreVerificationCompleted(report);
    }

    private static JobEvent scheduled(int wait, Instant at) {
        return new JobEvent.LaunchScheduled(wait, at, LOS_ANGELES);
    }

    private static JobEvent asked(int attempt) {
        return new JobEvent.PreVerificationRequested(attempt, false);
    }

    private static final JobEvent BEGINS = new JobEvent.CreationRequested(1, false, allOf(1));

    /** Checked, and waiting for its start in an hour. */
    private static JobScenario waiting() {
        return given(accepted(starting(IN_AN_HOUR))).and(completed(passed(1)), scheduled(1, HOUR));
    }

    private static RescheduleLaunch move(@Nullable String startAt) {
        return new RescheduleLaunch(startAt, "u-9", "another day");
    }

    private static JobEvent moved(@Nullable String startAt) {
        return new JobEvent.LaunchRescheduled(startAt, "u-9", "another day");
    }

    @Test
    void a_launch_for_later_is_checked_at_once_and_again_at_its_time_and_begins_then() {
        given(accepted(starting(IN_AN_HOUR)))
                .when(record(passed(1))).then(completed(passed(1)), scheduled(1, HOUR))
                .when(endWait(1), HOUR).then(asked(2))
                .when(record(passed(2)), HOUR).then(completed(passed(2)), BEGINS);
    }

    @Test
    void it_is_pending_and_waits_for_its_time() {
        var state = waiting().state();

        assertThat(state.phase()).isEqualTo(Phase.AWAITING_START);
        assertThat(state.phase().status()).isEqualTo(JobStatus.PENDING);
        assertThat(state.waiting()).isEqualTo(new Wait(1, HOUR));
        assertThat(state.terms().start().timeZone()).isEqualTo(LOS_ANGELES);
    }

    @Test
    void a_time_without_an_offset_is_that_of_the_account() {
        given(accepted(starting(IN_AN_HOUR_THERE)))
                .when(record(passed(1))).then(completed(passed(1)), scheduled(1, HOUR));
    }

    @Test
    void a_time_that_is_over_begins_at_once() {
        for (var over : List.of("2026-03-01T11:59:59Z", "2026-03-01T12:00:00Z", "2026-03-01T03:00:00")) {
            given(accepted(starting(over))).when(record(passed(1))).then(completed(passed(1)), BEGINS);
        }
    }

    @Test
    void a_refusal_at_its_time_ends_it_and_nothing_is_created() {
        var suspended = checked(2, VerificationOutcome.REFUSED, null,
                new Check("account_active", Check.Outcome.FAILED, "The account is disabled."));

        waiting().after(endWait(1)).when(record(suspended), HOUR)
                .then(completed(suspended), new JobEvent.JobFailed(List.of("The account is disabled."), true));
    }

    @Test
    void a_check_at_its_time_that_says_nothing_is_tried_again() {
        var unclear = checked(2, VerificationOutcome.INCONCLUSIVE, NETWORK);
        var scenario = waiting().after(endWait(1)).when(record(unclear));

        scenario.then(completed(unclear),
                new JobEvent.RetryScheduled(2, 1, Samples.POLICY.retryAt(T0, JOB, 1), NETWORK))
                .when(endWait(2), HOUR).then(asked(3))
                .when(record(passed(3)), HOUR).then(completed(passed(3)), BEGINS);
    }

    @Test
    void a_timer_that_comes_too_early_begins_nothing() {
        waiting().when(endWait(1), HOUR.minusMillis(1)).then(asked(2))
                .when(record(passed(2)), HOUR.minusMillis(1)).then(completed(passed(2)), scheduled(2, HOUR));
    }

    @Test
    void a_timer_that_was_lost_is_made_good() {
        waiting().when(resumeStalled(), HOUR.minusMillis(1)).thenNothing()
                .when(resumeStalled(), HOUR).then(asked(2));
    }

    @Test
    void a_local_time_waits_for_somebody_to_tell_the_zone_and_never_begins_without() {
        var silent = Samples.passed(1, null);
        given(accepted(starting(IN_AN_HOUR_THERE)))
                .when(record(silent)).then(completed(silent), retryScheduled(1, 1, NO_ZONE))
                .when(endWait(1)).then(asked(2))
                .when(record(passed(2))).then(completed(passed(2)), scheduled(2, HOUR));
    }

    @Test
    void a_local_time_whose_zone_nobody_tells_fails() {
        for (var zone : new String[]{ null, "Mars/Olympus" }) {
            var request = starting(IN_AN_HOUR_THERE);
            request.retryBudget = 0;

            given(accepted(request)).when(record(Samples.passed(1, zone))).then(completed(Samples.passed(1, zone)),
                    new JobEvent.JobFailed(List.of("the account could not be checked, and the retries are used up: "
                            + NO_ZONE.described()), true));
        }
    }

    @Test
    void an_instant_needs_no_zone() {
        given(accepted(starting(IN_AN_HOUR))).when(record(Samples.passed(1, null)))
                .then(completed(Samples.passed(1, null)), new JobEvent.LaunchScheduled(1, HOUR, null));
    }

    @Test
    void a_request_for_more_than_a_year_ahead_is_refused() {
        for (var far : List.of("2027-03-02T12:00:01Z", "2027-03-03T06:00:01")) {
            var request = starting(far).build();

            given().when(new AcceptJob(JOB, request, "f1", false)).thenRefused(new Refusal.InvalidRequest(
                    List.of(new Violation("startAt", "may be at most a year ahead"))));
        }
        assertThat(given().when(new AcceptJob(JOB, starting("2027-03-02T12:00:00Z").build(), "f1", false)).events())
                .hasSize(2);
    }

    @Test
    void the_start_is_moved_and_the_earlier_timer_means_nothing() {
        waiting().when(move("2026-03-01T15:00:00+01:00"))
                .then(moved("2026-03-01T14:00:00Z"), scheduled(2, TWO_HOURS))
                .when(endWait(1), HOUR).thenNothing()
                .when(endWait(2), TWO_HOURS).then(asked(2))
                .when(record(passed(2)), TWO_HOURS).then(completed(passed(2)), BEGINS);
    }

    @Test
    void the_start_is_moved_to_a_time_of_the_account() {
        waiting().when(move("2026-03-01T06:00")).then(moved("2026-03-01T06:00:00"), scheduled(2, TWO_HOURS));
    }

    @Test
    void the_same_time_again_adds_nothing() {
        for (var same : List.of(IN_AN_HOUR, "2026-03-01T14:00+01:00", IN_AN_HOUR_THERE)) {
            waiting().when(move(same)).thenNothing();
        }
        waiting().after(move(null)).when(move(null)).thenNothing();
        given(creating(starting(IN_AN_HOUR))).when(move(IN_AN_HOUR)).thenNothing();
        given(creating(starting(null))).when(move(null)).thenNothing();
    }

    @Test
    void a_start_that_is_moved_to_now_is_checked_once_more_and_begins() {
        for (var now : new String[]{ null, "2026-03-01T12:00:00Z", "2026-02-01T04:00:00" }) {
            waiting().when(move(now)).then(moved(now), asked(2))
                    .when(record(passed(2))).then(completed(passed(2)), BEGINS);
        }
    }

    @Test
    void while_the_account_is_checked_the_start_is_moved_and_counts_once_it_has_passed() {
        given(accepted(starting(null))).when(move(IN_AN_HOUR_THERE)).then(moved(IN_AN_HOUR_THERE))
                .when(record(passed(1))).then(completed(passed(1)), scheduled(1, HOUR));
        waiting().after(endWait(1)).when(move("2026-03-01T14:00:00Z"), HOUR).then(moved("2026-03-01T14:00:00Z"))
                .when(record(passed(2)), HOUR).then(completed(passed(2)), scheduled(2, TWO_HOURS));
    }

    @Test
    void a_start_that_is_moved_to_a_local_time_where_nobody_told_the_zone_is_asked_for_it() {
        given(accepted(starting(IN_AN_HOUR)))
                .and(completed(Samples.passed(1, null)), new JobEvent.LaunchScheduled(1, HOUR, null))
                .when(move("2026-03-01T06:00:00")).then(moved("2026-03-01T06:00:00"), asked(2))
                .when(record(passed(2))).then(completed(passed(2)), scheduled(2, TWO_HOURS));
    }

    @Test
    void a_launch_that_has_begun_is_not_moved() {
        given(creating(starting(IN_AN_HOUR))).when(move("2026-03-01T14:00:00Z"))
                .thenRefused(new Refusal.LaunchBegun());
        given(concat(creating(1), List.of(new JobEvent.JobCompleted("100", 1, 1)))).when(move(IN_AN_HOUR))
                .thenRefused(new Refusal.JobEnded());
    }

    @Test
    void it_is_moved_to_no_time_and_to_none_that_is_too_far() {
        waiting().when(move("2027-04-01T12:00:00Z")).thenRefused(new Refusal.InvalidRequest(
                List.of(new Violation("startAt", "may be at most a year ahead"))));
        assertThat(waiting().after(move("tomorrow")).state()).isEqualTo(waiting().state());
    }

    @Test
    void a_launch_that_is_cancelled_before_its_time_ends_at_once_with_nothing_to_take_back() {
        var reason = "cancelled by u-9: no longer wanted";

        waiting().when(new JobCommand.CancelJob("u-9", "no longer wanted"))
                .then(new JobEvent.JobCancelled("u-9", "no longer wanted"), Samples.rollbackStarted(reason),
                        new JobEvent.JobRolledBack(reason))
                .when(endWait(1), HOUR).thenNothing()
                .when(move(null)).thenRefused(new Refusal.JobEnded());
    }
}
