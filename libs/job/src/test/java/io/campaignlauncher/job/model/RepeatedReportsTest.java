package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.LOST_ANSWER;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.adopted;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.differs;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.idOf;
import static io.campaignlauncher.job.model.Samples.interrupted;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.verified;
import static io.campaignlauncher.job.model.Samples.verifying;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports are facts: judged by slot and attempt, never refused, and without effect when they come again. */
class RepeatedReportsTest {

    @Test
    void created_slots_told_again_add_nothing() {
        given(creating(2))
                .after(record(notYet(1, created(List.of(campaign())), List.of())))
                .when(record(notYet(1, created(List.of(campaign())), List.of()))).thenNothing();
    }

    @Test
    void of_slots_told_in_part_again_only_the_new_ones_are_recorded() {
        given(creating(2))
                .after(record(notYet(1, created(List.of(campaign())), List.of())))
                .when(record(notYet(1, created(List.of(campaign(), adSet(1))), List.of())))
                .then(Samples.slotsCreated(1, List.of(adSet(1))));
    }

    @Test
    void failures_told_again_add_nothing() {
        given(creating(2))
                .after(record(notYet(1, List.of(), failed(NETWORK, adSet(1)))))
                .when(record(notYet(1, List.of(), failed(NETWORK, adSet(1)))), later(1)).thenNothing();
    }

    @Test
    void lost_answers_told_again_add_nothing_and_do_not_move_the_settling_time() {
        var scenario = given(creating(2))
                .after(record(notYet(1, List.of(), failed(LOST_ANSWER, adSet(1)))))
                .when(record(notYet(1, List.of(), failed(LOST_ANSWER, adSet(1)))), later(9)).thenNothing();

        assertThat(scenario.state().settledAt()).isEqualTo(SETTLED);
    }

    @Test
    void a_failure_that_turns_out_to_have_an_unknown_outcome_is_news() {
        given(creating(2))
                .after(record(notYet(1, List.of(), failed(NETWORK, adSet(1)))))
                .when(record(notYet(1, List.of(), failed(LOST_ANSWER, adSet(1)))))
                .then(new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, adSet(1)), SETTLED));
    }

    @Test
    void a_lost_answer_in_the_next_round_is_news_again() {
        given(creating(1))
                .after(record(done(1, List.of(), failed(LOST_ANSWER, campaign()))))
                .at(SETTLED)
                .after(endWait(1))
                .when(record(notYet(2, List.of(), failed(LOST_ANSWER, campaign()))))
                .then(new JobEvent.SlotsFailed(2, failed(LOST_ANSWER, campaign()), later(30)));
    }

    @Test
    void the_last_report_of_a_round_makes_up_for_one_that_never_came() {
        given(creating(2))
                .after(record(notYet(1, created(List.of(adSet(1))), List.of())))
                .when(record(done(1, created(List.of(campaign(), adSet(1), ad(1))), List.of())), later(2))
                .then(new JobEvent.SlotsCreated(1, created(List.of(campaign(), ad(1))), later(7)),
                        new JobEvent.CreationRoundEnded(1, RoundEnd.DONE, null, 4),
                        new JobEvent.CreationRequested(2, false, List.of(adSet(2), ad(2))));
    }

    @Test
    void the_end_of_a_round_told_again_adds_nothing() {
        var report = done(1, created(List.of(campaign())), failed(NETWORK, adSet(1)));

        given(creating(2)).after(record(report)).when(record(report)).thenNothing();
    }

    @Test
    void a_round_reported_as_interrupted_after_it_ended_is_not_interrupted() {
        given(creating(2))
                .after(record(done(1, created(allOf(2)), List.of())))
                .when(record(interrupted(1, later(40)))).thenNothing();
    }

    @Test
    void an_entity_that_does_not_exist_does_not_fill_its_slot_again_when_its_creation_is_told_again() {
        var told = record(notYet(1, created(allOf(1)), List.of()));
        var scenario = given(verifying(1)).at(later(6)).after(record(differs(1, List.of(ad(1)), List.of(), later(6))));

        scenario.when(told).thenNothing()
                .when(endWait(1), later(8)).then(new JobEvent.CreationRequested(2, false, List.of(ad(1))))
                .when(told).thenNothing()
                .after(record(done(2, List.of(), failed(NETWORK, ad(1)))))
                .when(told).thenNothing();
    }

    @Test
    void an_entity_that_does_not_exist_is_forgotten_neither_after_a_second_one_was_missing() {
        given(verifying(1)).at(later(6))
                .after(record(differs(1, List.of(ad(1)), List.of(), later(6))), endWait(1),
                        record(done(2, List.of(new CreatedSlot(ad(1), "3901", false)), List.of())),
                        record(differs(2, List.of(ad(1)), List.of(), later(12))))
                .when(record(notYet(2, List.of(new CreatedSlot(ad(1), "3901", false)), List.of()))).thenNothing()
                .when(record(notYet(1, created(List.of(ad(1))), List.of()))).thenNothing();
    }

    @Test
    void an_entity_that_was_missing_fills_its_slot_when_the_round_under_way_finds_it_after_all() {
        given(verifying(1)).at(later(6))
                .after(record(differs(1, List.of(ad(1)), List.of(), later(6))), endWait(1))
                .when(record(notYet(2, List.of(adopted(ad(1), idOf(ad(1)))), List.of())))
                .then(new JobEvent.SlotsCreated(2, List.of(adopted(ad(1), idOf(ad(1)))), later(11)));
    }

    @Test
    void an_entity_that_was_missing_fills_its_slot_when_a_later_look_finds_it_after_all() {
        var found = differs(2, List.of(), List.of(Samples.found(ad(1))), later(12));

        given(verifying(1)).and(new JobEvent.SlotsReopened(List.of(ad(1)), "gone"),
                new JobEvent.VerificationRequested(2, null))
                .when(record(found), later(12))
                .then(new JobEvent.VerificationCompleted(found),
                        new JobEvent.SlotsCreated(0, List.of(adopted(ad(1), idOf(ad(1)))), later(12)),
                        new JobEvent.VerificationRequested(3, later(12)));
    }

    @Test
    void another_entity_reported_late_for_a_reopened_slot_fills_it() {
        given(verifying(1)).at(later(6)).after(record(differs(1, List.of(ad(1)), List.of(), later(6))))
                .when(record(notYet(1, List.of(new CreatedSlot(ad(1), "3901", false)), List.of())))
                .then(new JobEvent.SlotsCreated(1, List.of(new CreatedSlot(ad(1), "3901", false)), later(11)))
                .when(endWait(1), later(8))
                .then(new JobEvent.VerificationRequested(2, later(11)));
    }

    @Test
    void a_look_told_again_adds_nothing() {
        var report = differs(1, branches(1, 1), List.of(), later(6));

        given(verifying(1)).at(later(6)).after(record(report)).when(record(report)).thenNothing();
    }

    @Test
    void a_pass_told_again_adds_nothing() {
        var report = Samples.undeleted(1, List.of(),
                List.of(new UndeletedEntity(Samples.found(campaign()), NETWORK)));

        given(Samples.rollingBack()).after(record(report)).when(record(report)).thenNothing();
    }

    @Test
    void nothing_is_added_to_a_job_that_has_ended() {
        var ends = List.<JobEvent>of(new JobEvent.JobCompleted("100", 1, 1),
                new JobEvent.JobFailed(List.of("no"), false),
                new JobEvent.JobRolledBack("no"));
        for (var end : ends) {
            given(concat(creating(1), List.of(end)))
                    .when(record(notYet(1, created(allOf(1)), List.of()))).thenNothing()
                    .when(record(done(1, List.of(), failed(SUSPENDED, campaign())))).thenNothing()
                    .when(record(interrupted(1, later(40)))).thenNothing()
                    .when(record(verified(1, later(6)))).thenNothing()
                    .when(record(Samples.deleted(1, List.of(), later(6)))).thenNothing()
                    .when(record(Samples.passed(1))).thenNothing()
                    .when(new JobCommand.RecordSnapshots(1, List.of())).thenNothing()
                    .when(endWait(1)).thenNothing()
                    .when(Samples.resumeStalled()).thenNothing();
        }
    }
}
