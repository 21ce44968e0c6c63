package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.adopted;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.deleted;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.differs;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.passEnded;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.retryScheduled;
import static io.campaignlauncher.job.model.Samples.rollbackStarted;
import static io.campaignlauncher.job.model.Samples.undeleted;
import static io.campaignlauncher.job.model.Samples.unread;
import static io.campaignlauncher.job.model.Samples.verified;
import static io.campaignlauncher.job.model.Samples.verifying;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows from the verification after creation: completion, another verification, or reconciliation. */
class VerificationTest {

    private static final String LAST_LOOK = "the last look comes after everything that could still take effect";

    private static final String GONE = "Facebook had said yes, but the entity does not exist";
    private static final Instant LOOKED = later(6);

    private static final String UNREAD = "what was created could not be read, which costs no retry: ";

    private static JobEvent verifyAgain(int number, Fault fault) {
        return new JobEvent.LookScheduled(number, POLICY.retryAt(Samples.T0, JOB, number), UNREAD + fault.described());
    }

    private static JobEvent completed(VerificationReport report) {
        return new JobEvent.VerificationCompleted(report);
    }

    private static JobEvent surplusRequested(int pass, FoundEntity... entities) {
        return new JobEvent.DeletionRequested(pass, DeletionReason.SURPLUS, List.of(entities));
    }

    @Test
    void a_job_is_completed_when_a_look_shows_exactly_what_was_asked_for() {
        var scenario = given(verifying(2))
                .when(record(verified(1, LOOKED)), LOOKED)
                .then(completed(verified(1, LOOKED)), new JobEvent.JobCompleted("100", 2, 2));

        assertThat(scenario.state().phase().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void a_job_is_in_progress_until_it_is_verified() {
        assertThat(given(verifying(2)).state().phase().status()).isEqualTo(JobStatus.IN_PROGRESS);
    }

    @Test
    void a_look_that_may_lag_is_repeated_when_reads_are_conclusive_and_costs_no_retry() {
        var report = unread(1, null, READABLE);

        given(verifying(2))
                .when(record(report))
                .then(completed(report), new JobEvent.LookScheduled(1, READABLE,
                        "reads may still lag behind what was created"))
                .when(endWait(1), READABLE)
                .then(new JobEvent.VerificationRequested(2, READABLE));
    }

    @Test
    void a_look_to_be_repeated_at_a_time_that_is_over_is_repeated_after_a_pause() {
        var report = unread(1, null, READABLE);

        given(verifying(2))
                .when(record(report), later(30))
                .then(completed(report), new JobEvent.LookScheduled(1, later(31),
                        "reads may still lag behind what was created"));
    }

    @Test
    void a_look_that_says_nothing_is_tried_again() {
        given(verifying(2))
                .when(record(unread(1, null, null)))
                .then(completed(unread(1, null, null)), verifyAgain(1, Fault.temporary("the look said nothing")));
    }

    @Test
    void a_job_that_is_complete_is_not_rolled_back_because_it_cannot_be_read() {
        var request = request(1);
        request.retryBudget = 0;
        var scenario = given(verifying(request));
        for (int number = 1; number <= POLICY.unreadVerificationsMax(); number++) {
            scenario.when(record(unread(number, NETWORK, null)))
                    .then(completed(unread(number, NETWORK, null)), verifyAgain(number, NETWORK))
                    .when(endWait(number))
                    .then(new JobEvent.VerificationRequested(number + 1, READABLE));
        }
        var last = unread(POLICY.unreadVerificationsMax() + 1, NETWORK, null);

        scenario.when(record(last))
                .then(completed(last), new JobEvent.RollbackProposed(
                        "everything was created, but it cannot be read: " + NETWORK.described()));
    }

    @Test
    void looks_that_cannot_read_are_counted_anew_after_one_that_could() {
        given(verifying(1))
                .after(record(unread(1, NETWORK, null)), endWait(1), record(unread(2, NETWORK, null)), endWait(2))
                .after(record(unread(3, null, READABLE)), endWait(3))
                .when(record(unread(4, NETWORK, null)))
                .then(completed(unread(4, NETWORK, null)),
                        new JobEvent.LookScheduled(4, POLICY.retryAt(Samples.T0, JOB, 1),
                                UNREAD + NETWORK.described()));
    }

    @Test
    void a_job_with_free_slots_that_cannot_be_read_costs_retries() {
        given(verifying(1)).and(new JobEvent.SlotsReopened(List.of(ad(1)), GONE))
                .when(record(unread(1, NETWORK, null)))
                .then(completed(unread(1, NETWORK, null)), retryScheduled(1, 1, NETWORK));
    }

    @Test
    void a_report_of_an_earlier_look_changes_nothing() {
        given(verifying(2)).and(new JobEvent.VerificationRequested(2, READABLE))
                .when(record(verified(1, LOOKED)), LOOKED).thenNothing();
    }

    @Test
    void a_look_is_repeated_when_a_slot_was_filled_after_it_was_asked_for() {
        var report = differs(1, List.of(), List.of(found(ad(1), "3901")), LOOKED);

        given(verifying(1)).and(new JobEvent.SlotsReopened(List.of(ad(1)), GONE))
                .when(record(done(1, List.of(new CreatedSlot(ad(1), "3901", false)), List.of())), later(2))
                .then(new JobEvent.SlotsCreated(1, List.of(new CreatedSlot(ad(1), "3901", false)), later(7)))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.VerificationRequested(2, later(7)))
                .when(record(verified(2, later(8))), later(8))
                .then(completed(verified(2, later(8))), new JobEvent.JobCompleted("100", 1, 1));
    }

    @Test
    void a_slot_that_was_filled_after_the_look_was_asked_for_is_not_reopened_by_it() {
        var report = differs(1, List.of(ad(1)), List.of(), LOOKED);

        given(verifying(1)).and(new JobEvent.SlotsReopened(List.of(ad(1)), GONE))
                .after(record(done(1, List.of(new CreatedSlot(ad(1), "3901", false)), List.of())))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.VerificationRequested(2, READABLE));
    }

    // ------------------------------------------------------------------ reconciliation

    @Test
    void slots_without_an_entity_are_reopened_and_requested_again_after_a_retry() {
        var report = differs(1, List.of(adSet(2), ad(2)), List.of(), LOOKED);

        given(verifying(2))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.SlotsReopened(List.of(adSet(2), ad(2)), GONE),
                        new JobEvent.RetryScheduled(1, 1, POLICY.retryAt(LOOKED, JOB, 1),
                                Fault.temporary("Facebook had said yes to 2 entities that do not exist")))
                .when(endWait(1), later(8))
                .then(new JobEvent.CreationRequested(2, false, branches(2, 2)));
    }

    @Test
    void a_job_without_retries_is_rolled_back_when_an_entity_does_not_exist() {
        var request = request(1);
        request.retryBudget = 0;
        var report = differs(1, List.of(ad(1)), List.of(), LOOKED);

        given(verifying(request))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.SlotsReopened(List.of(ad(1)), GONE),
                        rollbackStarted(
                                "the retries are used up: Facebook had said yes to 1 entities that do not exist"),
                        deletionRequested(1));
    }

    @Test
    void an_entity_that_no_slot_knows_is_adopted_by_its_slot_if_that_is_free() {
        var report = differs(1, List.of(adSet(1)), List.of(found(adSet(1), "2901")), LOOKED);

        given(verifying(1))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.SlotsReopened(List.of(adSet(1)), GONE),
                        new JobEvent.SlotsCreated(0, List.of(adopted(adSet(1), "2901")), LOOKED),
                        new JobEvent.VerificationRequested(2, LOOKED))
                .when(record(verified(2, later(7))), later(7))
                .then(completed(verified(2, later(7))), new JobEvent.JobCompleted("100", 1, 1));
    }

    @Test
    void what_is_still_free_after_an_adoption_is_requested() {
        var report = differs(1, List.of(), List.of(found(adSet(1))), LOOKED);
        var history = given(creating(1)).after(
                record(done(1, created(List.of(campaign())), failed(Samples.PARENT_MISSING, adSet(1)))), endWait(1));

        history.when(record(report), LOOKED)
                .then(completed(report),
                        new JobEvent.SlotsCreated(0, List.of(adopted(adSet(1), "2001")), LOOKED),
                        new JobEvent.CreationRequested(2, false, List.of(ad(1))));
    }

    @Test
    void an_entity_whose_slot_is_filled_is_surplus_and_removed_before_the_next_look() {
        var twin = found(ad(2), "3902");
        var report = differs(1, List.of(), List.of(twin), LOOKED);

        given(verifying(2))
                .when(record(report), LOOKED)
                .then(completed(report), surplusRequested(1, twin))
                .when(record(deleted(1, List.of(twin), later(7))), later(7))
                .then(passEnded(1, List.of(twin), later(12)), new JobEvent.LookScheduled(1, later(12), LAST_LOOK))
                .when(endWait(1), later(12))
                .then(new JobEvent.VerificationRequested(2, READABLE))
                .when(record(verified(2, later(12))), later(13))
                .then(completed(verified(2, later(12))),
                        new JobEvent.EntitiesDeleted(1, DeletionReason.SURPLUS, List.of(twin)),
                        new JobEvent.JobCompleted("100", 2, 2));
    }

    @Test
    void a_surplus_whose_deletion_did_nothing_is_deleted_again_and_costs_a_retry() {
        var twin = found(ad(2), "3902");
        var again = differs(2, List.of(), List.of(twin), later(12));
        var fault = Fault.temporary(
                "Facebook said that they are deleted, and still shows them: ad 3902 \"" + twin.name() + "\"");

        given(verifying(2))
                .after(record(differs(1, List.of(), List.of(twin), LOOKED))).at(later(7))
                .after(record(deleted(1, List.of(twin), later(7))), endWait(1))
                .when(record(again), later(13))
                .then(completed(again), surplusRequested(2, twin))
                .when(record(deleted(2, List.of(twin), later(13))), later(13))
                .then(passEnded(2, List.of(twin), later(18)), new JobEvent.RetryScheduled(2, 1, later(18), fault))
                .when(endWait(2), later(18))
                .then(new JobEvent.VerificationRequested(3, READABLE))
                .when(record(verified(3, later(18))), later(19))
                .then(completed(verified(3, later(18))),
                        new JobEvent.EntitiesDeleted(2, DeletionReason.SURPLUS, List.of(twin)),
                        new JobEvent.JobCompleted("100", 2, 2));
    }

    @Test
    void a_surplus_whose_deletion_never_does_anything_leads_to_the_rollback_when_the_retries_are_used_up() {
        var request = request(2);
        request.retryBudget = 0;
        var twin = found(ad(2), "3902");

        given(verifying(request))
                .after(record(differs(1, List.of(), List.of(twin), LOOKED))).at(later(7))
                .after(record(deleted(1, List.of(twin), later(7))), endWait(1),
                        record(differs(2, List.of(), List.of(twin), later(12))))
                .when(record(deleted(2, List.of(twin), later(13))), later(13))
                .then(passEnded(2, List.of(twin), later(18)),
                        rollbackStarted("the retries are used up: Facebook said that they are deleted, and still shows"
                                + " them: ad 3902 \"" + twin.name() + "\""),
                        deletionRequested(3));
    }

    @Test
    void a_good_look_too_soon_after_a_surplus_was_deleted_does_not_complete_the_job() {
        var twin = found(ad(2), "3902");

        given(verifying(2))
                .after(record(differs(1, List.of(), List.of(twin), LOOKED))).at(later(7))
                .after(record(deleted(1, List.of(twin), later(7))), endWait(1))
                .when(record(verified(2, later(11))), later(13))
                .then(completed(verified(2, later(11))), new JobEvent.LookScheduled(2, later(14), LAST_LOOK));
    }

    @Test
    void an_entity_with_a_slot_that_was_never_allotted_is_surplus() {
        var stranger = found(adSet(0), "2999");
        var report = differs(1, List.of(), List.of(stranger), LOOKED);

        given(verifying(2)).when(record(report), LOOKED).then(completed(report), surplusRequested(1, stranger));
    }

    @Test
    void of_two_entities_for_a_free_slot_the_first_is_adopted_and_the_second_is_surplus() {
        var report = differs(1, List.of(ad(1)), List.of(found(ad(1), "3901"), found(ad(1), "3902")), LOOKED);

        given(verifying(1))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.SlotsReopened(List.of(ad(1)), GONE),
                        new JobEvent.SlotsCreated(0, List.of(adopted(ad(1), "3901")), LOOKED),
                        surplusRequested(1, found(ad(1), "3902")));
    }

    @Test
    void an_entity_that_is_told_twice_is_adopted_once_and_never_surplus() {
        var report = differs(1, List.of(ad(1)), List.of(found(ad(1), "3901"), found(ad(1), "3901")), LOOKED);

        given(verifying(1))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.SlotsReopened(List.of(ad(1)), GONE),
                        new JobEvent.SlotsCreated(0, List.of(adopted(ad(1), "3901")), LOOKED),
                        new JobEvent.VerificationRequested(2, LOOKED));
    }

    @Test
    void an_entity_that_fills_a_slot_is_never_surplus_whatever_slot_its_name_stands_for() {
        var report = differs(1, List.of(), List.of(found(adSet(0), "2002"), found(adSet(2), "2002")), LOOKED);

        given(verifying(2))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.VerificationRequested(2, READABLE));
    }

    @Test
    void slots_that_are_free_already_are_not_reopened() {
        var report = differs(1, branches(1, 1), List.of(), LOOKED);

        given(creating(1))
                .after(record(done(1, created(List.of(campaign())), failed(Samples.PARENT_MISSING, branches(1, 1)))),
                        endWait(1))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.CreationRequested(2, false, branches(1, 1)));
    }

    @Test
    void slots_reopened_beside_a_surplus_are_requested_after_the_surplus_is_gone() {
        var twin = found(ad(2), "3902");
        var report = differs(1, List.of(ad(1)), List.of(twin), LOOKED);
        var second = differs(2, List.of(ad(1)), List.of(), later(12));

        given(verifying(2))
                .when(record(report), LOOKED)
                .then(completed(report), new JobEvent.SlotsReopened(List.of(ad(1)), GONE), surplusRequested(1, twin))
                .after(record(deleted(1, List.of(twin), later(7))), endWait(1))
                .when(record(second), later(13))
                .then(completed(second), new JobEvent.EntitiesDeleted(1, DeletionReason.SURPLUS, List.of(twin)),
                        new JobEvent.CreationRequested(2, false, List.of(ad(1))));
    }

    @Test
    void slots_reopened_beside_a_surplus_are_not_taken_for_filled_by_a_look_that_finds_no_difference() {
        var twin = found(ad(2), "3902");

        given(verifying(2))
                .after(record(differs(1, List.of(campaign()), List.of(twin), LOOKED)),
                        record(deleted(1, List.of(twin), later(7))), endWait(1))
                .when(record(verified(2, later(8))), later(8))
                .then(completed(verified(2, later(8))),
                        new JobEvent.EntitiesDeleted(1, DeletionReason.SURPLUS, List.of(twin)),
                        new JobEvent.CreationRequested(2, false, List.of(campaign())));
    }

    @Test
    void a_surplus_that_cannot_be_removed_is_tried_again_and_costs_a_retry() {
        var twin = found(ad(2), "3902");
        var left = List.of(new UndeletedEntity(twin, NETWORK));

        given(verifying(2))
                .after(record(differs(1, List.of(), List.of(twin), LOOKED)))
                .when(record(undeleted(1, List.of(), left)))
                .then(passEnded(1, left), retryScheduled(1, 1, NETWORK))
                .when(endWait(1))
                .then(surplusRequested(2, twin));
    }

    @Test
    void only_what_is_left_of_a_surplus_is_asked_for_again() {
        var first = found(ad(1), "3901");
        var second = found(ad(2), "3902");

        given(verifying(2))
                .after(record(differs(1, List.of(), List.of(first, second), LOOKED)),
                        record(undeleted(1, List.of(first), List.of(new UndeletedEntity(second, NETWORK)))))
                .when(endWait(1))
                .then(surplusRequested(2, second));
    }

    @Test
    void a_job_whose_surplus_cannot_be_removed_with_any_retry_is_rolled_back() {
        var request = request(2);
        request.retryBudget = 0;
        var twin = found(ad(2), "3902");
        var left = List.of(new UndeletedEntity(twin, NETWORK));

        given(verifying(request))
                .after(record(differs(1, List.of(), List.of(twin), LOOKED)))
                .when(record(undeleted(1, List.of(), left)))
                .then(passEnded(1, left),
                        rollbackStarted("the retries are used up: " + NETWORK.described()), deletionRequested(2));
    }

    @Test
    void a_job_is_not_taken_for_rolled_back_while_a_surplus_is_known_to_exist() {
        var request = request(1);
        request.retryBudget = 0;
        var stranger = found(adSet(0), "2999");
        var left = List.of(new UndeletedEntity(stranger, NETWORK));

        given(verifying(request))
                .after(record(differs(1, allOf(1), List.of(stranger), LOOKED)))
                .when(record(undeleted(1, List.of(), left)))
                .then(passEnded(1, left),
                        rollbackStarted("the retries are used up: " + NETWORK.described()), deletionRequested(2));
    }

    @Test
    void removing_a_surplus_waits_for_a_rate_limit_and_goes_on_with_the_rest() {
        var first = found(ad(1), "3901");
        var second = found(ad(2), "3902");
        var limited = new DeletionReport(1, List.of(first), List.of(), RoundEnd.RATE_LIMITED, later(90), null, LOOKED,
                2, 3, Set.of());

        given(verifying(2))
                .after(record(differs(1, List.of(), List.of(first, second), LOOKED)))
                .when(record(limited), LOOKED)
                .then(new JobEvent.DeletionPassEnded(1, List.of(), 3, List.of(first), LOOKED.plus(POLICY.readLag())),
                        new JobEvent.RateLimitReached(1, later(90), Fault.temporary("the account is limited")))
                .when(endWait(1), later(90))
                .then(surplusRequested(2, second));
    }
}
