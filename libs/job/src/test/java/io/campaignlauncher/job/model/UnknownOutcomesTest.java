package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.LOST_ANSWER;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.PARENT_MISSING;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.differs;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.interrupted;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.retryScheduled;
import static io.campaignlauncher.job.model.Samples.rollbackStarted;
import static io.campaignlauncher.job.model.Samples.roundEnded;
import static io.campaignlauncher.job.model.Samples.verified;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownOutcomesTest {

    private static final String CUT_SHORT = "a worker was cut short; what it had sent is looked for once it must have settled";

    private static JobEvent ended(int round, Instant settledAt) {
        return new JobEvent.CreationRoundEnded(round, RoundEnd.INTERRUPTED, settledAt, 0);
    }

    private static CreationReport lost(int round, Instant quietAt, SlotId... slots) {
        return new CreationReport(round, List.of(), failed(LOST_ANSWER, slots), RoundEnd.DONE, null, quietAt, 4);
    }

    @Test
    void after_a_lost_answer_nothing_is_created_before_its_outcome_must_have_settled_and_then_the_creator_looks_first() {
        given(creating(2))
                .after(record(notYet(1, created(campaignAndBranches(1, 1)), List.of())))
                .when(record(lost(1, later(0), adSet(2), ad(2))))
                .then(new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, adSet(2), ad(2)), SETTLED), roundEnded(1),
                        new JobEvent.RetryScheduled(1, 1, SETTLED, LOST_ANSWER))
                .when(endWait(1), SETTLED)
                .then(new JobEvent.CreationRequested(2, true, branches(2, 2)));
    }

    @Test
    void an_outcome_settles_a_while_after_the_last_request_of_the_round_can_have_been_in_flight() {
        given(creating(1))
                .when(record(lost(1, later(40), campaign())))
                .then(new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, campaign()), later(55)), roundEnded(1),
                        new JobEvent.RetryScheduled(1, 1, later(55), LOST_ANSWER));
    }

    @Test
    void an_outcome_settles_no_earlier_than_a_while_after_it_is_recorded() {
        given(creating(1))
                .when(record(lost(1, later(-40), campaign())))
                .then(new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, campaign()), SETTLED), roundEnded(1),
                        new JobEvent.RetryScheduled(1, 1, SETTLED, LOST_ANSWER));
    }

    @Test
    void a_back_off_that_is_longer_than_settling_takes_is_kept() {
        var patient = new JobPolicy(5, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(15),
                Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(15),
                Duration.ofSeconds(10), 20, 60, 10,
                DuplicateName.REJECT);

        given(patient, creating(1))
                .when(record(lost(1, later(0), campaign())))
                .then(new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, campaign()), SETTLED), roundEnded(1),
                        new JobEvent.RetryScheduled(1, 1, patient.retryAt(later(0), JOB, 1), LOST_ANSWER));
    }

    @Test
    void a_timer_that_fires_too_early_is_set_again() {
        given(creating(1))
                .after(record(lost(1, later(0), campaign())))
                .when(endWait(1), later(2))
                .then(new JobEvent.LookScheduled(2, SETTLED,
                        "an earlier outcome is unknown; what exists is looked for once it must have settled"))
                .when(endWait(2), SETTLED)
                .then(new JobEvent.CreationRequested(2, true, allOf(1)));
    }

    @Test
    void an_outcome_stays_unknown_until_its_slot_is_filled() {
        given(creating(1))
                .after(record(lost(1, later(0), campaign())))
                .at(SETTLED)
                .after(endWait(1), record(done(2, List.of(), failed(NETWORK, campaign()))))
                .when(endWait(2), later(30))
                .then(new JobEvent.CreationRequested(3, true, allOf(1)))
                .after(record(done(3, created(List.of(campaign())), failed(NETWORK, adSet(1), ad(1)))))
                .when(endWait(3), later(60))
                .then(new JobEvent.CreationRequested(4, false, branches(1, 1)));
    }

    @Test
    void a_lost_answer_that_turns_up_late_makes_the_look_needless() {
        var scenario = given(creating(1))
                .after(record(lost(1, later(0), campaign())))
                .when(record(notYet(1, created(List.of(campaign())), List.of())), later(1));

        scenario.then(new JobEvent.SlotsCreated(1, created(List.of(campaign())), later(6)))
                .when(endWait(1), SETTLED)
                .then(new JobEvent.CreationRequested(2, false, branches(1, 1)));
    }

    @Test
    void when_everything_turns_out_filled_the_job_still_waits_for_what_may_come_late() {
        given(creating(1))
                .after(record(
                        new CreationReport(1, List.of(), failed(LOST_ANSWER, campaign()), RoundEnd.NOT_YET, null, null,
                                1)))
                .when(record(done(1, created(allOf(1)), List.of())), later(1))
                .then(new JobEvent.SlotsCreated(1, created(allOf(1)), later(6)), roundEnded(1),
                        new JobEvent.LookScheduled(1, SETTLED,
                                "the last look comes after everything that could still take effect"))
                .when(endWait(1), SETTLED)
                .then(new JobEvent.VerificationRequested(1, later(6)));
    }

    // ------------------------------------------------------------------ interruption

    @Test
    void a_worker_that_dies_leaves_what_it_had_not_reported_unknown() {
        var scenario = given(creating(2))
                .after(record(notYet(1, created(campaignAndBranches(1, 1)), List.of())))
                .when(record(interrupted(1, later(40))))
                .then(ended(1, later(55)), new JobEvent.LookScheduled(1, later(55), CUT_SHORT));

        assertThat(scenario.state().slot(adSet(1)).outcomeUnknown()).isFalse();
        assertThat(scenario.state().slot(adSet(2)).outcomeUnknown()).isTrue();
        assertThat(scenario.state().slot(ad(2)).status()).isEqualTo(SlotStatus.PENDING);
        scenario.when(endWait(1), later(55)).then(new JobEvent.CreationRequested(2, true, branches(2, 2)));
    }

    @Test
    void a_worker_that_dies_costs_no_retry() {
        var scenario = given(creating(1)).after(record(interrupted(1, null)));

        assertThat(scenario.state().counts().retries()).isZero();
        assertThat(scenario.state().counts().interruptions()).isEqualTo(1);
    }

    @Test
    void workers_that_die_too_often_cost_retries() {
        var scenario = given(creating(1));
        var now = Samples.T0;
        for (int round = 1; round <= POLICY.interruptionsMax(); round++) {
            scenario.at(now).after(record(interrupted(round, null)));
            now = now.plus(POLICY.settleDelay());
            scenario.when(endWait(round), now).then(new JobEvent.CreationRequested(round + 1, true, allOf(1)));
        }
        var settled = now.plus(POLICY.settleDelay());

        scenario.when(record(interrupted(21, null)))
                .then(ended(21, settled), new JobEvent.RetryScheduled(21, 1, settled,
                        Fault.temporary("the creation was cut short too often")));
    }

    @Test
    void a_worker_that_dies_after_the_last_slot_was_filled_leaves_nothing_unknown() {
        given(creating(1))
                .after(record(notYet(1, created(allOf(1)), List.of())))
                .when(record(interrupted(1, later(40))))
                .then(ended(1, null), new JobEvent.VerificationRequested(1, READABLE));
    }

    @Test
    void a_permanent_error_counts_although_the_worker_died_after_reporting_it() {
        given(creating(2))
                .after(record(notYet(1, created(List.of(campaign())), failed(Samples.SUSPENDED, adSet(1)))))
                .when(record(interrupted(1, later(40))))
                .then(ended(1, later(55)), rollbackStarted(Samples.SUSPENDED.described()),
                        Samples.deletionRequested(1));
    }

    // ------------------------------------------------------------------ a parent that is missing

    @Test
    void a_missing_parent_is_looked_for_before_more_is_created() {
        given(creating(1))
                .after(record(notYet(1, created(List.of(campaign())), List.of())))
                .when(record(done(1, List.of(), failed(PARENT_MISSING, adSet(1), ad(1)))))
                .then(new JobEvent.SlotsFailed(1, failed(PARENT_MISSING, adSet(1), ad(1)), null), roundEnded(1),
                        retryScheduled(1, 1, PARENT_MISSING))
                .when(endWait(1))
                .then(new JobEvent.VerificationRequested(1, READABLE));
    }

    @Test
    void a_parent_that_does_not_exist_is_made_again() {
        var report = differs(1, allOf(1), List.of(), later(6));

        given(creating(1))
                .after(record(done(1, created(List.of(campaign())), failed(PARENT_MISSING, adSet(1), ad(1)))),
                        endWait(1))
                .when(record(report), later(6))
                .then(new JobEvent.VerificationCompleted(report),
                        new JobEvent.SlotsReopened(List.of(campaign()),
                                "Facebook had said yes, but the entity does not exist"),
                        new JobEvent.RetryScheduled(2, 2, POLICY.retryAt(later(6), JOB, 2),
                                Fault.temporary("Facebook had said yes to 1 entities that do not exist")))
                .when(endWait(2), later(9))
                .then(new JobEvent.CreationRequested(2, false, allOf(1)));
    }

    @Test
    void a_parent_that_exists_after_all_gets_its_children() {
        var report = differs(1, branches(1, 1), List.of(), later(6));

        given(creating(1))
                .after(record(done(1, created(List.of(campaign())), failed(PARENT_MISSING, adSet(1), ad(1)))),
                        endWait(1))
                .when(record(report), later(6))
                .then(new JobEvent.VerificationCompleted(report),
                        new JobEvent.CreationRequested(2, false, branches(1, 1)));
    }

    @Test
    void a_look_that_finds_nothing_wrong_while_slots_are_free_goes_on_creating_and_never_completes() {
        given(creating(1))
                .after(record(done(1, created(List.of(campaign())), failed(PARENT_MISSING, adSet(1), ad(1)))),
                        endWait(1))
                .when(record(verified(1, later(6))), later(6))
                .then(new JobEvent.VerificationCompleted(verified(1, later(6))),
                        new JobEvent.CreationRequested(2, false, branches(1, 1)));
    }

    @Test
    void lost_answers_in_a_job_without_retries_are_rolled_back_and_looked_for_at_the_end() {
        var request = request(1);
        request.retryBudget = 0;

        given(creating(request))
                .when(record(lost(1, later(0), campaign())))
                .then(new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, campaign()), SETTLED), roundEnded(1),
                        rollbackStarted("the retries are used up: " + LOST_ANSWER.described()),
                        Samples.deletionRequested(1));
    }

    @Test
    void slots_that_are_filled_do_not_keep_the_next_round_from_starting() {
        given(creating(2))
                .after(record(notYet(1, created(List.of(campaign(), adSet(1))), failed(LOST_ANSWER, ad(1)))))
                .when(record(done(1, created(List.of(ad(1))), List.of())), later(1))
                .then(new JobEvent.SlotsCreated(1, created(List.of(ad(1))), later(6)),
                        new JobEvent.CreationRoundEnded(1, RoundEnd.DONE, null, 4),
                        retryAfter(later(1)))
                .when(endWait(1), later(2))
                .then(new JobEvent.CreationRequested(2, false, List.of(adSet(2), ad(2))));
    }

    private static JobEvent retryAfter(Instant now) {
        return new JobEvent.RetryScheduled(1, 1, POLICY.retryAt(now, JOB, 1), LOST_ANSWER);
    }

    // ------------------------------------------------------------------ two rounds and one slot

    private static JobScenario filledByAnEarlierRound(Instant now) {
        return given(creating(1))
                .after(record(interrupted(1, null)))
                .at(SETTLED)
                .after(endWait(1))
                .at(now)
                .after(record(notYet(1, created(allOf(1)), List.of())));
    }

    @Test
    void a_slot_that_an_earlier_round_fills_may_have_been_asked_for_by_the_round_under_way() {
        var report = differs(1, List.of(ad(1)), List.of(), later(60));
        var scenario = filledByAnEarlierRound(later(20))
                .when(record(lost(2, later(20), ad(1))), later(20))
                .then(new JobEvent.CreationRoundEnded(2, RoundEnd.DONE, later(35), 4),
                        new JobEvent.LookScheduled(2, later(35),
                                "the last look comes after everything that could still take effect"));

        scenario.at(later(35)).after(endWait(2))
                .at(later(60)).after(record(report))
                .when(endWait(3), later(90))
                .then(new JobEvent.CreationRequested(3, true, List.of(ad(1))));
    }

    @Test
    void what_the_round_under_way_made_for_a_slot_that_an_earlier_one_fills_is_looked_for_before_the_end() {
        filledByAnEarlierRound(later(20))
                .when(record(done(2, List.of(new CreatedSlot(ad(1), "5", false)), List.of())), later(20))
                .then(new JobEvent.CreationRoundEnded(2, RoundEnd.DONE, later(35), 4),
                        new JobEvent.LookScheduled(2, later(35),
                                "the last look comes after everything that could still take effect"));
    }

    @Test
    void a_worker_that_dies_after_an_earlier_round_filled_its_slots_may_have_asked_for_them() {
        filledByAnEarlierRound(later(20))
                .when(record(interrupted(2, later(40))), later(20))
                .then(ended(2, later(55)), new JobEvent.LookScheduled(2, later(55),
                        "the last look comes after everything that could still take effect"));
    }

    @Test
    void an_entity_that_is_found_before_all_has_settled_leaves_open_whether_another_comes() {
        var early = differs(1, List.of(ad(2)), List.of(found(ad(1), "5")), later(2));
        var gone = differs(2, List.of(ad(1)), List.of(), later(3));

        given(creating(2))
                .after(record(done(1, created(List.of(campaign(), adSet(1), adSet(2))),
                        concat(failed(LOST_ANSWER, ad(1)), failed(PARENT_MISSING, ad(2))))))
                .at(later(2)).after(endWait(1), record(early), record(done(2, created(List.of(ad(2))), List.of())))
                .at(later(3)).after(endWait(2), record(gone))
                .when(endWait(3), SETTLED)
                .then(new JobEvent.CreationRequested(3, true, List.of(ad(1))));
    }
}
