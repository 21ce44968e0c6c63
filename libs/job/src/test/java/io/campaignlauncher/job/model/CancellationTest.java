package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.LOST_ANSWER;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.accepted;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.deleted;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.differs;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.interrupted;
import static io.campaignlauncher.job.model.Samples.limited;
import static io.campaignlauncher.job.model.Samples.passed;
import static io.campaignlauncher.job.model.Samples.plus;
import static io.campaignlauncher.job.model.Samples.proposed;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.resumeStalled;
import static io.campaignlauncher.job.model.Samples.rollbackStarted;
import static io.campaignlauncher.job.model.Samples.roundEnded;
import static io.campaignlauncher.job.model.Samples.slotsCreated;
import static io.campaignlauncher.job.model.Samples.unread;
import static io.campaignlauncher.job.model.Samples.verified;
import static io.campaignlauncher.job.model.Samples.verifying;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.JobCommand.CancelJob;
import io.campaignlauncher.job.model.JobCommand.DecideRollback;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody wants no more of a job: in each phase. */
class CancellationTest {

    private static final CancelJob CANCEL = new CancelJob("u-9", "wrong creative");
    private static final JobEvent CANCELLED = new JobEvent.JobCancelled("u-9", "wrong creative");
    private static final String REASON = "cancelled by u-9: wrong creative";

    private static RequestSample confirmed(int adSets) {
        var request = request(adSets);
        request.rollbackPolicy = RollbackPolicy.CONFIRM;
        return request;
    }

    @Test
    void a_job_that_was_never_accepted_cannot_be_cancelled() {
        given().when(CANCEL).thenRefused(new Refusal.NoSuchJob());
    }

    @Test
    void a_job_whose_account_is_checked_ends_at_once_with_nothing_there() {
        given(accepted(request(2))).when(CANCEL)
                .then(CANCELLED, rollbackStarted(REASON), new JobEvent.JobRolledBack(REASON))
                .when(record(passed(1))).thenNothing();
    }

    @Test
    void one_that_would_ask_before_it_deletes_asks_nobody_where_there_is_nothing() {
        given(accepted(confirmed(2))).when(CANCEL)
                .then(CANCELLED, rollbackStarted(REASON), new JobEvent.JobRolledBack(REASON));
    }

    @Test
    void a_round_under_way_is_awaited_and_what_it_made_is_taken_back() {
        given(creating(2)).when(CANCEL).then(CANCELLED)
                .when(record(done(1, created(campaignAndBranches(1, 1)), List.of())))
                .then(slotsCreated(1, campaignAndBranches(1, 1)), roundEnded(1), rollbackStarted(REASON),
                        deletionRequested(1));
    }

    @Test
    void a_round_that_has_filled_every_slot_is_taken_back_too() {
        given(creating(2)).when(CANCEL)
                .when(record(done(1, created(allOf(2)), List.of())))
                .then(slotsCreated(1, allOf(2)), roundEnded(1), rollbackStarted(REASON), deletionRequested(1));
    }

    @Test
    void a_round_that_has_sent_nothing_leaves_nothing_to_take_back() {
        given(creating(2)).when(CANCEL).when(record(done(1, List.of(), List.of())))
                .then(roundEnded(1), rollbackStarted(REASON), new JobEvent.JobRolledBack(REASON));
    }

    @Test
    void after_a_round_that_left_something_unknown_the_rollback_looks_for_it_until_it_has_settled() {
        var scenario = given(creating(2)).when(CANCEL)
                .when(record(new CreationReport(1, created(campaignAndBranches(1, 1)),
                        concat(failed(LOST_ANSWER, adSet(2)), failed(NETWORK, ad(2))), RoundEnd.DONE, null, T0, 4)));

        assertThat(scenario.events()).contains(rollbackStarted(REASON), deletionRequested(1));
        assertThat(scenario.state().settledAt()).isEqualTo(SETTLED);
    }

    @Test
    void a_round_that_was_cut_short_is_not_taken_up_again() {
        assertThat(given(creating(2)).when(CANCEL).when(record(interrupted(1, T0))).events())
                .containsSubsequence(rollbackStarted(REASON), deletionRequested(1));
    }

    @Test
    void a_round_of_which_nothing_is_heard_ends_in_the_rollback_too() {
        assertThat(given(creating(2)).when(CANCEL).when(resumeStalled()).events())
                .containsSubsequence(rollbackStarted(REASON), deletionRequested(1));
    }

    @Test
    void a_limit_that_a_round_has_met_is_not_waited_for() {
        given(creating(2)).when(CANCEL)
                .when(record(limited(1, created(campaignAndBranches(1, 1)), List.of(), T0.plusSeconds(600))))
                .then(slotsCreated(1, campaignAndBranches(1, 1)), roundEndedLimited(), rollbackStarted(REASON),
                        deletionRequested(1));
    }

    private static JobEvent roundEndedLimited() {
        return new JobEvent.CreationRoundEnded(1, RoundEnd.RATE_LIMITED, null, 4);
    }

    @Test
    void a_wait_ends_and_the_rollback_begins() {
        given(creating(2))
                .after(record(limited(1, created(campaignAndBranches(1, 1)), List.of(), T0.plusSeconds(600))))
                .when(CANCEL)
                .then(CANCELLED, rollbackStarted(REASON), deletionRequested(1))
                .when(new JobCommand.EndWait(1)).thenNothing();
    }

    @Test
    void whoever_cancels_has_not_confirmed_that_it_is_deleted() {
        given(creating(confirmed(2)))
                .after(record(limited(1, created(campaignAndBranches(1, 1)), List.of(), T0.plusSeconds(600))))
                .when(CANCEL)
                .then(CANCELLED, new JobEvent.RollbackProposed(REASON))
                .when(new DecideRollback(true, "u-9", ""))
                .then(new JobEvent.RollbackStarted(REASON, "u-9"), deletionRequested(1));
    }

    @Test
    void a_verification_under_way_is_awaited_and_does_not_complete_the_job() {
        given(verifying(2)).when(CANCEL).then(CANCELLED)
                .when(record(verified(1, Samples.READABLE)))
                .then(new JobEvent.VerificationCompleted(verified(1, Samples.READABLE)), rollbackStarted(REASON),
                        deletionRequested(1));
    }

    @Test
    void what_a_verification_has_found_is_known_to_the_rollback() {
        var twin = found(adSet(2), "777");
        var report = differs(1, branches(2, 2), List.of(twin), Samples.READABLE);

        var scenario = given(verifying(2)).when(CANCEL).when(record(report));

        assertThat(scenario.events()).containsSubsequence(rollbackStarted(REASON), deletionRequested(1))
                .noneMatch(JobEvent.VerificationRequested.class::isInstance);
        assertThat(scenario.state().slot(adSet(2)).facebookId()).isEqualTo("777");
        assertThat(scenario.state().slot(ad(2)).filled()).isFalse();
    }

    @Test
    void a_verification_that_could_not_read_is_not_tried_again() {
        assertThat(given(verifying(2)).when(CANCEL).when(record(unread(1, NETWORK, null))).events())
                .containsSubsequence(rollbackStarted(REASON), deletionRequested(1));
    }

    @Test
    void a_verification_of_which_nothing_is_heard_is_not_asked_for_again() {
        given(verifying(2)).when(CANCEL).when(resumeStalled())
                .then(rollbackStarted(REASON), deletionRequested(1));
    }

    @Test
    void a_verification_that_can_never_be_asked_for_proposes_nothing() {
        given(verifying(2)).when(CANCEL).when(new JobCommand.GiveUpRequest(Awaited.VERIFICATION, 1, "too large"))
                .then(rollbackStarted(REASON), deletionRequested(1));
    }

    @Test
    void a_removal_of_surplus_is_awaited() {
        var twin = found(adSet(1), "777");
        var removing = plus(verifying(2),
                new JobEvent.VerificationCompleted(differs(1, List.of(), List.of(twin), Samples.READABLE)),
                new JobEvent.DeletionRequested(1, DeletionReason.SURPLUS, List.of(twin)));

        assertThat(given(removing).when(CANCEL).then(CANCELLED).when(record(deleted(1, List.of(twin), T0))).events())
                .containsSubsequence(rollbackStarted(REASON), deletionRequested(2));
    }

    @Test
    void a_rollback_under_way_goes_on_as_it_was() {
        given(Samples.rollingBack()).when(CANCEL).then(CANCELLED);
    }

    @Test
    void a_proposed_rollback_still_waits_for_its_answer() {
        given(proposed()).when(CANCEL).then(CANCELLED)
                .when(new DecideRollback(true, "u-9", ""))
                .then(new JobEvent.RollbackStarted(SUSPENDED.described(), "u-9"), deletionRequested(1));
    }

    @Test
    void what_somebody_decided_to_keep_stays() {
        var request = confirmed(2);
        var inDoubt = concat(creating(request), List.of(slotsCreated(1, campaignAndBranches(1, 1)),
                new JobEvent.SlotsFailed(1, concat(failed(LOST_ANSWER, adSet(2)), failed(SUSPENDED, ad(2))), SETTLED),
                roundEnded(1), new JobEvent.RollbackProposed(SUSPENDED.described())));

        assertThat(given(inDoubt).after(new DecideRollback(false, "u-9", "we use it")).when(CANCEL).then(CANCELLED)
                .when(new JobCommand.EndWait(1), SETTLED)
                .when(record(differs(1, branches(2, 2), List.of(), SETTLED)), SETTLED).events())
                .last().isInstanceOf(JobEvent.JobFailed.class);
    }

    @Test
    void a_job_that_has_ended_cannot_be_cancelled() {
        given(plus(verifying(2), new JobEvent.JobCompleted("100", 2, 2))).when(CANCEL)
                .thenRefused(new Refusal.JobEnded());
    }

    @Test
    void order_decides_where_the_last_verification_and_the_cancel_come_together() {
        given(verifying(2)).after(record(verified(1, Samples.READABLE))).when(CANCEL)
                .thenRefused(new Refusal.JobEnded());
    }

    @Test
    void a_cancel_that_comes_again_adds_nothing_also_after_the_end() {
        given(creating(2)).after(CANCEL).when(new CancelJob("u-8", "me too")).thenNothing();
        given(accepted(request(2))).after(CANCEL).when(CANCEL).thenNothing();
    }
}
