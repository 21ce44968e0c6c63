package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.LOST_ANSWER;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.adopted;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.deleted;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.differs;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.foundNothing;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.passEnded;
import static io.campaignlauncher.job.model.Samples.proposed;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.roundEnded;
import static io.campaignlauncher.job.model.Samples.slotsCreated;
import static io.campaignlauncher.job.model.Samples.undeleted;
import static io.campaignlauncher.job.model.Samples.unread;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.JobCommand.DecideRollback;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rollback that waits for a person: previewed, confirmed, declined. */
class RollbackConfirmationTest {

    private static final DecideRollback CONFIRM = new DecideRollback(true, "u-9", "clean up");
    private static final DecideRollback DECLINE = new DecideRollback(false, "u-9", "we use what is there");
    private static final JobEvent DECLINED = new JobEvent.RollbackDeclined("u-9", "we use what is there");
    private static final JobEvent KEPT = new JobEvent.JobFailed(
            List.of("the rollback was declined; what exists stays: we use what is there"), false);

    private static final JobEvent KEPT_UNSEEN = new JobEvent.JobFailed(
            List.of("the rollback was declined; what exists stays: we use what is there",
                    "more may exist than the job knows of; the retries are used up: " + NETWORK.described()),
            false);

    /** As {@link Samples#proposed}, but the second ad set's answer was lost. */
    private static List<JobEvent> proposedInDoubt(int retryBudget) {
        var request = request(2);
        request.rollbackPolicy = RollbackPolicy.CONFIRM;
        request.retryBudget = retryBudget;
        return concat(creating(request), List.of(slotsCreated(1, campaignAndBranches(1, 1)),
                new JobEvent.SlotsFailed(1, concat(failed(LOST_ANSWER, adSet(2)), failed(SUSPENDED, ad(2))), SETTLED),
                roundEnded(1), new JobEvent.RollbackProposed(SUSPENDED.described())));
    }

    @Test
    void by_policy_a_rollback_is_proposed_to_a_person_and_nothing_is_deleted() {
        var request = request(2);
        request.rollbackPolicy = RollbackPolicy.CONFIRM;

        given(creating(request))
                .when(record(done(1, created(List.of(campaign())), failed(SUSPENDED, adSet(1)))))
                .then(slotsCreated(1, List.of(campaign())),
                        new JobEvent.SlotsFailed(1, failed(SUSPENDED, adSet(1)), null),
                        roundEnded(1), new JobEvent.RollbackProposed(SUSPENDED.described()));
    }

    @Test
    void a_preview_can_be_read_from_the_job_while_it_waits() {
        var state = given(proposed()).state();

        assertThat(state.awaited()).isEqualTo(Awaited.PERSON);
        assertThat(state.rollback().reason()).isEqualTo(SUSPENDED.described());
        assertThat(state.slotsWhere(Slot::filled)).containsExactlyElementsOf(campaignAndBranches(1, 1));
        assertThat(state.phase().status()).isEqualTo(JobStatus.IN_PROGRESS);
    }

    @Test
    void a_confirmed_rollback_begins_and_says_who_confirmed_it_and_why() {
        var all = found(campaignAndBranches(1, 1));

        given(proposed())
                .when(CONFIRM)
                .then(new JobEvent.RollbackStarted(SUSPENDED.described(), "u-9", "clean up"), deletionRequested(1))
                .after(record(deleted(1, all, T0)), endWait(1))
                .when(record(foundNothing(2, all, Samples.READABLE)), Samples.READABLE)
                .then(new JobEvent.EntitiesDeleted(2, DeletionReason.ROLLBACK, all), passEnded(2),
                        new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void a_declined_rollback_keeps_what_exists_and_ends_the_job_failed() {
        var scenario = given(proposed()).when(DECLINE).then(DECLINED, KEPT);

        assertThat(scenario.state().slotsWhere(Slot::filled)).containsExactlyElementsOf(campaignAndBranches(1, 1));
    }

    @Test
    void a_job_that_made_nothing_for_sure_asks_nobody() {
        var request = request(2);
        request.rollbackPolicy = RollbackPolicy.CONFIRM;

        given(creating(request))
                .when(record(done(1, List.of(), failed(SUSPENDED, campaign()))))
                .then(new JobEvent.SlotsFailed(1, failed(SUSPENDED, campaign()), null), roundEnded(1),
                        new JobEvent.RollbackStarted(SUSPENDED.described(), null),
                        new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void an_answer_that_comes_twice_counts_once() {
        given(proposed()).after(CONFIRM).when(CONFIRM).thenNothing();
        given(proposed()).after(DECLINE).when(DECLINE).thenNothing();
    }

    @Test
    void the_other_answer_comes_too_late() {
        given(proposed()).after(CONFIRM).when(DECLINE).thenRefused(new Refusal.JobNotWaiting());
        given(proposed()).after(DECLINE).when(CONFIRM).thenRefused(new Refusal.JobNotWaiting());
    }

    @Test
    void a_job_that_does_not_wait_for_an_answer_refuses_one() {
        given(creating(2)).when(CONFIRM).thenRefused(new Refusal.JobNotWaiting());
        given(Samples.rollingBack()).when(CONFIRM).thenRefused(new Refusal.JobNotWaiting());
        given(Samples.rollingBack()).when(DECLINE).thenRefused(new Refusal.JobNotWaiting());
    }

    @Test
    void an_entity_reported_while_a_person_is_asked_is_recorded_and_belongs_to_the_preview() {
        var state = given(proposed())
                .when(record(notYet(1, created(List.of(adSet(2))), List.of())))
                .then(slotsCreated(1, List.of(adSet(2))))
                .state();

        assertThat(state.awaited()).isEqualTo(Awaited.PERSON);
        assertThat(state.slotsWhere(Slot::filled)).contains(adSet(2));
    }

    @Test
    void no_timer_and_no_watchdog_answers_for_a_person() {
        given(proposed()).when(endWait(1), later(86_400)).thenNothing().when(Samples.resumeStalled()).thenNothing();
    }

    // ------------------------------------------------------------------ declined while an outcome is unknown

    @Test
    void a_decline_in_doubt_looks_for_what_exists_before_the_job_ends() {
        var report = differs(1, Samples.branches(2, 2), List.of(), SETTLED);

        given(proposedInDoubt(5))
                .when(DECLINE)
                .then(DECLINED, new JobEvent.LookScheduled(1, SETTLED,
                        "the last look comes after everything that could still take effect"))
                .when(endWait(1), SETTLED)
                .then(new JobEvent.VerificationRequested(1, Samples.READABLE))
                .when(record(report), later(16))
                .then(new JobEvent.VerificationCompleted(report), KEPT);
    }

    @Test
    void a_decline_after_everything_has_settled_looks_at_once() {
        given(proposedInDoubt(5)).when(DECLINE, later(100))
                .then(DECLINED, new JobEvent.VerificationRequested(1, Samples.READABLE));
    }

    @Test
    void what_the_look_after_a_decline_finds_is_adopted_and_kept() {
        var report = differs(1, List.of(ad(2)), List.of(found(adSet(2), "2902")), later(100));

        given(proposedInDoubt(5))
                .at(later(100))
                .after(DECLINE)
                .when(record(report))
                .then(new JobEvent.VerificationCompleted(report),
                        new JobEvent.SlotsCreated(0, List.of(adopted(adSet(2), "2902")), later(100)), KEPT);
    }

    @Test
    void a_look_after_a_decline_that_came_too_early_is_repeated_and_nothing_more_is_created() {
        var early = differs(1, Samples.branches(2, 2), List.of(), later(14));

        given(proposedInDoubt(5)).after(DECLINE).at(later(14)).after(endWait(1))
                .when(record(early), later(14))
                .then(new JobEvent.VerificationCompleted(early), new JobEvent.LookScheduled(2, SETTLED,
                        "the last look comes after everything that could still take effect"))
                .when(endWait(2), SETTLED)
                .then(new JobEvent.VerificationRequested(2, Samples.READABLE));
    }

    @Test
    void a_look_after_a_decline_that_finds_no_difference_ends_the_job() {
        given(proposedInDoubt(5)).at(later(100)).after(DECLINE)
                .when(record(Samples.verified(1, later(100))))
                .then(new JobEvent.VerificationCompleted(Samples.verified(1, later(100))), KEPT);
    }

    @Test
    void a_surplus_is_removed_after_a_decline_as_well() {
        var twin = found(adSet(1), "2901");
        var report = differs(1, Samples.branches(2, 2), List.of(twin), later(100));

        given(proposedInDoubt(5)).at(later(100)).after(DECLINE)
                .when(record(report))
                .then(new JobEvent.VerificationCompleted(report),
                        new JobEvent.DeletionRequested(1, DeletionReason.SURPLUS, List.of(twin)));
    }

    @Test
    void a_look_after_a_decline_that_fails_with_every_retry_asks_nobody_again_and_says_that_more_may_exist() {
        given(proposedInDoubt(0)).at(later(100)).after(DECLINE)
                .when(record(unread(1, NETWORK, null)))
                .then(new JobEvent.VerificationCompleted(unread(1, NETWORK, null)), KEPT_UNSEEN);
    }

    @Test
    void nobody_is_asked_again_when_a_surplus_stays_after_a_decline() {
        var twin = found(adSet(1), "2901");
        var left = List.of(new UndeletedEntity(twin, NETWORK));

        given(proposedInDoubt(0)).at(later(100))
                .after(DECLINE, record(differs(1, Samples.branches(2, 2), List.of(twin), later(100))))
                .when(record(undeleted(1, List.of(), left)))
                .then(passEnded(1, left), KEPT_UNSEEN);
    }
}
