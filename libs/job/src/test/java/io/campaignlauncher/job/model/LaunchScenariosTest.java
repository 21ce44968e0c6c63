package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.LOST_ANSWER;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.adSets;
import static io.campaignlauncher.job.model.Samples.adopted;
import static io.campaignlauncher.job.model.Samples.ads;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.deleted;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.differs;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.foundNothing;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.limited;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.passEnded;
import static io.campaignlauncher.job.model.Samples.passed;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.roundEnded;
import static io.campaignlauncher.job.model.Samples.slotsCreated;
import static io.campaignlauncher.job.model.Samples.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.JobCommand.AcceptJob;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scenarios that must hold, told from the job's side, with 50 ad sets and 50 ads. */
class LaunchScenariosTest {

    private static JobScenario launched() {
        return launched(request(50));
    }

    private static JobScenario launched(RequestSample request) {
        return given().after(new AcceptJob(JOB, request.build(), "f1", false)).when(record(passed(1)))
                .then(new JobEvent.PreVerificationCompleted(passed(1)),
                        new JobEvent.CreationRequested(1, false, allOf(50)));
    }

    private static void completes(JobScenario scenario, int attempt, long second) {
        scenario.when(record(verified(attempt, later(second))), later(second)).then(
                new JobEvent.VerificationCompleted(verified(attempt, later(second))),
                new JobEvent.JobCompleted("100", 50, 50));
        assertThat(scenario.state().slotsWhere(Slot::filled)).hasSize(101);
    }

    @Test
    void scenario_1_fifty_ad_sets_and_fifty_ads_are_created_verified_completed() {
        var scenario = launched()
                .when(record(done(1, created(allOf(50)), List.of())))
                .then(slotsCreated(1, allOf(50)), roundEnded(1), new JobEvent.VerificationRequested(1, READABLE));

        completes(scenario, 1, 6);
        assertThat(scenario.state().counts().retries()).isZero();
    }

    @Test
    void scenario_2_a_rate_limit_at_ad_set_31_costs_nothing_but_time() {
        var thirty = campaignAndBranches(1, 30);
        var fault = limited(later(900));
        var scenario = launched()
                .when(record(limited(1, created(thirty), failed(fault, adSet(31)), later(900))))
                .then(slotsCreated(1, thirty), new JobEvent.SlotsFailed(1, failed(fault, adSet(31)), null),
                        new JobEvent.CreationRoundEnded(1, RoundEnd.RATE_LIMITED, null, 4),
                        new JobEvent.RateLimitReached(1, later(900), fault))
                .when(endWait(1), later(900))
                .then(new JobEvent.CreationRequested(2, false, branches(31, 50)))
                .when(record(done(2, created(branches(31, 50)), List.of())))
                .then(new JobEvent.SlotsCreated(2, created(branches(31, 50)), later(905)), roundEnded(2),
                        new JobEvent.VerificationRequested(1, later(905)));

        completes(scenario, 1, 906);
        assertThat(scenario.state().counts().retries()).isZero();
    }

    @Test
    void scenario_3_of_45_tracked_ad_sets_48_exist_and_exactly_2_more_are_created() {
        var tracked = concat(List.of(campaign()), adSets(1, 45), ads(1, 45));
        var lost = branches(46, 50);
        var foundByLooking = concat(adSets(46, 48), ads(46, 48)).stream()
                .map(slot -> adopted(slot, Samples.idOf(slot))).toList();
        var scenario = launched()
                .when(record(done(1, created(tracked), failed(LOST_ANSWER, lost))))
                .then(slotsCreated(1, tracked), new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, lost), SETTLED),
                        roundEnded(1), new JobEvent.RetryScheduled(1, 1, SETTLED, LOST_ANSWER))
                .when(endWait(1), SETTLED)
                .then(new JobEvent.CreationRequested(2, true, lost))
                .when(record(notYet(2, foundByLooking, List.of())))
                .then(new JobEvent.SlotsCreated(2, foundByLooking, later(20)));
        assertThat(scenario.state().unfilled()).containsExactlyElementsOf(branches(49, 50));

        scenario.when(record(done(2, created(branches(49, 50)), List.of())))
                .then(new JobEvent.SlotsCreated(2, created(branches(49, 50)), later(20)), roundEnded(2),
                        new JobEvent.VerificationRequested(1, later(20)));
        completes(scenario, 1, 21);
    }

    @Test
    void scenario_3_when_the_creator_dies_after_adopting_three_exactly_two_are_requested() {
        var tracked = campaignAndBranches(1, 45);
        var three = concat(adSets(46, 48), ads(46, 48));

        launched().after(record(done(1, created(tracked), failed(LOST_ANSWER, branches(46, 50)))))
                .at(SETTLED)
                .after(endWait(1), record(notYet(2, created(three), List.of())),
                        record(Samples.interrupted(2, later(60))))
                .when(endWait(2), later(75))
                .then(new JobEvent.CreationRequested(3, true, branches(49, 50)));
    }

    @Test
    void scenario_4_five_silent_failures_are_reopened_and_requested_again() {
        var silent = ads(46, 50);
        var report = differs(1, silent, List.of(), later(6));
        var again = silent.stream().map(slot -> new CreatedSlot(slot, "9" + slot.number(), false)).toList();
        var scenario = launched().after(record(done(1, created(allOf(50)), List.of())))
                .when(record(report), later(6))
                .then(new JobEvent.VerificationCompleted(report),
                        new JobEvent.SlotsReopened(silent, "Facebook had said yes, but the entity does not exist"),
                        new JobEvent.RetryScheduled(1, 1, Samples.POLICY.retryAt(later(6), JOB, 1),
                                Fault.temporary("Facebook had said yes to 5 entities that do not exist")))
                .when(endWait(1), later(7))
                .then(new JobEvent.CreationRequested(2, false, silent))
                .when(record(done(2, again, List.of())))
                .then(new JobEvent.SlotsCreated(2, again, later(12)), roundEnded(2),
                        new JobEvent.VerificationRequested(2, later(12)));

        completes(scenario, 2, 13);
    }

    @Test
    void scenario_5_an_account_suspended_at_ad_set_31_has_30_ad_sets_and_the_campaign_deleted() {
        var thirty = campaignAndBranches(1, 30);
        var scenario = launched()
                .when(record(done(1, created(thirty), failed(SUSPENDED, adSet(31)))))
                .then(slotsCreated(1, thirty), new JobEvent.SlotsFailed(1, failed(SUSPENDED, adSet(31)), null),
                        roundEnded(1), new JobEvent.RollbackStarted(SUSPENDED.described(), null), deletionRequested(1))
                .after(record(deleted(1, found(thirty), T0)), endWait(1))
                .when(record(foundNothing(2, found(thirty), Samples.READABLE)), Samples.READABLE)
                .then(new JobEvent.EntitiesDeleted(2, DeletionReason.ROLLBACK, found(thirty)), passEnded(2),
                        new JobEvent.JobRolledBack(SUSPENDED.described()));

        assertThat(scenario.state().slotsWhere(slot -> slot.status() == SlotStatus.ROLLED_BACK)).hasSize(61);
        assertThat(scenario.state().slotsWhere(Slot::filled)).isEmpty();
    }

    @Test
    void scenario_6_a_network_error_that_stays_is_rolled_back_after_five_retries() {
        var begun = campaignAndBranches(1, 10);
        var rest = branches(11, 50);
        var scenario = launched().after(record(notYet(1, created(begun), List.of())));
        for (int round = 1; round <= 5; round++) {
            scenario.after(record(done(round, List.of(), failed(NETWORK, rest))))
                    .when(endWait(round))
                    .then(new JobEvent.CreationRequested(round + 1, false, rest));
        }

        scenario.when(record(done(6, List.of(), failed(NETWORK, rest))))
                .then(new JobEvent.SlotsFailed(6, failed(NETWORK, rest), null), roundEnded(6),
                        new JobEvent.RollbackStarted("the retries are used up: " + NETWORK.described(), null),
                        deletionRequested(1))
                .after(record(deleted(1, found(begun), T0)), endWait(6))
                .when(record(foundNothing(2, found(begun), Samples.READABLE)), Samples.READABLE)
                .then(new JobEvent.EntitiesDeleted(2, DeletionReason.ROLLBACK, found(begun)), passEnded(2),
                        new JobEvent.JobRolledBack("the retries are used up: " + NETWORK.described()));
    }

    @Test
    void scenario_7_a_refused_account_ends_the_job_before_anything_is_created() {
        for (var reason : List.of("The account is disabled.", "The name is taken.", "The account is at its limit.",
                "The token has expired.")) {
            var report = Samples.checked(1, VerificationOutcome.REFUSED, null,
                    new Check("check", Check.Outcome.FAILED, reason));

            given().after(new AcceptJob(JOB, request(50).build(), "f1", false)).when(record(report))
                    .then(new JobEvent.PreVerificationCompleted(report), new JobEvent.JobFailed(List.of(reason), true));
        }
    }

    @Test
    void scenario_8_a_rollback_is_previewed_and_then_confirmed_or_declined() {
        var request = request(50);
        request.rollbackPolicy = RollbackPolicy.CONFIRM;
        var thirty = campaignAndBranches(1, 30);
        for (var confirmed : List.of(true, false)) {
            var scenario = launched(request)
                    .when(record(done(1, created(thirty), failed(SUSPENDED, adSet(31)))))
                    .then(slotsCreated(1, thirty), new JobEvent.SlotsFailed(1, failed(SUSPENDED, adSet(31)), null),
                            roundEnded(1), new JobEvent.RollbackProposed(SUSPENDED.described()));
            assertThat(scenario.state().slotsWhere(Slot::filled)).hasSize(61);

            scenario.when(new JobCommand.DecideRollback(confirmed, "u-1", "so be it"));
            if (confirmed) {
                scenario.then(new JobEvent.RollbackStarted(SUSPENDED.described(), "u-1", "so be it"),
                        deletionRequested(1));
            } else {
                scenario.then(new JobEvent.RollbackDeclined("u-1", "so be it"), new JobEvent.JobFailed(
                        List.of("the rollback was declined; what exists stays: so be it"), false));
            }
        }
    }

    @Test
    void scenario_9_the_same_command_twice_is_one_job() {
        launched().when(new AcceptJob(JOB, request(50).build(), "f1", false)).thenNothing();
    }

    @Test
    void scenario_9_of_two_jobs_with_one_name_the_second_has_the_verifier_told() {
        var asked = given().when(new AcceptJob(JOB, request(50).build(), "f1", true))
                .theOnly(JobEvent.PreVerificationRequested.class);

        assertThat(asked).isEqualTo(new JobEvent.PreVerificationRequested(1, true));
    }

    @Test
    void scenario_9_a_creator_killed_in_its_round_is_followed_by_another_that_looks_first() {
        var scenario = launched()
                .after(record(notYet(1, created(campaignAndBranches(1, 20)), List.of())))
                .after(record(Samples.interrupted(1, later(40))))
                .when(endWait(1), later(55))
                .then(new JobEvent.CreationRequested(2, true, branches(21, 50)))
                .after(record(done(2, created(branches(21, 50)), List.of())));

        completes(scenario, 1, 61);
    }
}
