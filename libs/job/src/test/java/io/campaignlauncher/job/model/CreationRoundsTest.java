package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.adopted;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.creation;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.idOf;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.retryScheduled;
import static io.campaignlauncher.job.model.Samples.roundEnded;
import static io.campaignlauncher.job.model.Samples.slotsCreated;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CreationRoundsTest {

    @Test
    void a_round_that_fills_every_slot_is_followed_by_a_look() {
        given(creating(2))
                .when(record(done(1, created(allOf(2)), List.of())))
                .then(slotsCreated(1, allOf(2)), roundEnded(1), new JobEvent.VerificationRequested(1, READABLE));
    }

    @Test
    void a_round_may_come_in_several_reports() {
        given(creating(2))
                .when(record(notYet(1, created(campaignAndBranches(1, 1)), List.of())))
                .then(slotsCreated(1, campaignAndBranches(1, 1)))
                .when(record(done(1, created(branches(2, 2)), List.of())))
                .then(slotsCreated(1, branches(2, 2)), roundEnded(1), new JobEvent.VerificationRequested(1, READABLE));
    }

    @Test
    void a_slot_counts_as_creating_while_its_round_is_under_way() {
        var state = given(creating(1)).after(record(notYet(1, created(List.of(campaign())), List.of()))).state();

        assertThat(state.slot(campaign())).extracting(Slot::status, Slot::facebookId)
                .containsExactly(SlotStatus.CREATED, idOf(campaign()));
        assertThat(state.slot(adSet(1))).extracting(Slot::status).isEqualTo(SlotStatus.CREATING);
    }

    @Test
    void slots_in_no_report_were_not_sent_and_are_asked_for_in_the_next_round_without_a_look() {
        given(creating(3))
                .when(record(done(1, created(campaignAndBranches(1, 2)), List.of())))
                .then(slotsCreated(1, campaignAndBranches(1, 2)), roundEnded(1),
                        new JobEvent.CreationRequested(2, false, branches(3, 3)));
    }

    @Test
    void a_failure_with_a_known_outcome_is_tried_again_without_a_look() {
        given(creating(2))
                .when(record(done(1, created(campaignAndBranches(1, 1)), failed(NETWORK, adSet(2), ad(2)))))
                .then(slotsCreated(1, campaignAndBranches(1, 1)),
                        new JobEvent.SlotsFailed(1, failed(NETWORK, adSet(2), ad(2)), null), roundEnded(1),
                        retryScheduled(1, 1, NETWORK))
                .when(endWait(1))
                .then(new JobEvent.CreationRequested(2, false, branches(2, 2)));
    }

    @Test
    void a_slot_keeps_its_first_entity() {
        var state = given(creating(2))
                .after(record(notYet(1, created(List.of(campaign())), List.of())))
                .when(record(notYet(1, List.of(adopted(campaign(), "101")), List.of())))
                .thenNothing()
                .state();

        assertThat(state.slot(campaign())).extracting(Slot::facebookId).isEqualTo(idOf(campaign()));
    }

    @Test
    void of_two_entities_for_a_slot_in_one_report_it_keeps_the_first() {
        given(creating(1))
                .when(record(notYet(1, List.of(adopted(campaign(), "77"), adopted(campaign(), "78")), List.of())))
                .then(new JobEvent.SlotsCreated(1, List.of(adopted(campaign(), "77")), READABLE));
    }

    @Test
    void a_failure_of_a_slot_that_is_filled_counts_for_nothing() {
        given(creating(2))
                .after(record(notYet(1, created(allOf(2)), List.of())))
                .when(record(done(1, List.of(), failed(NETWORK, ad(2)))))
                .then(roundEnded(1), new JobEvent.VerificationRequested(1, READABLE));
    }

    @Test
    void slots_that_were_never_allotted_are_passed_over() {
        given(creating(2))
                .when(record(notYet(1, created(List.of(adSet(3), ad(0))), failed(NETWORK, ad(3)))))
                .thenNothing();
    }

    @Test
    void an_entity_found_by_the_creator_fills_its_slot() {
        given(creating(1))
                .when(record(notYet(1, List.of(adopted(campaign(), "77")), List.of())))
                .then(new JobEvent.SlotsCreated(1, List.of(adopted(campaign(), "77")), READABLE));
    }

    @Test
    void an_end_of_an_earlier_round_does_not_end_the_round_under_way() {
        given(creating(3))
                .after(record(done(1, created(campaignAndBranches(1, 2)), List.of())))
                .when(record(creation(1, List.of(), failed(NETWORK, adSet(3)), RoundEnd.DONE)))
                .thenNothing();
    }

    @Test
    void a_round_in_which_nothing_could_be_sent_costs_a_retry() {
        given(creating(2))
                .when(record(done(1, List.of(), List.of())))
                .then(roundEnded(1), retryScheduled(1, 1, Fault.temporary("nothing could be sent in this round")));
    }
}
