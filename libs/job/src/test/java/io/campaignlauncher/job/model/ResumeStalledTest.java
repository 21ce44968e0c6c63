package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.accepted;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.differs;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.rollingBack;
import static io.campaignlauncher.job.model.Samples.resumeStalled;
import static io.campaignlauncher.job.model.Samples.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A job of which nothing was heard for too long asks again for whatever it waits for. */
class ResumeStalledTest {

    @Test
    void a_lost_check_of_the_account_is_asked_for_again() {
        given(accepted(request(2))).when(resumeStalled(), later(600))
                .then(new JobEvent.PreVerificationRequested(2, false));
    }

    @Test
    void a_creation_round_of_which_nothing_was_heard_is_looked_for() {
        given(creating(2))
                .after(record(notYet(1, created(campaignAndBranches(1, 1)), List.of())))
                .when(resumeStalled(), later(600))
                .then(new JobEvent.CreationRoundEnded(1, RoundEnd.UNHEARD, later(615), 0),
                        new JobEvent.LookScheduled(1, later(615),
                                "nothing was heard of a round; what it may have sent is looked for once it must have settled"))
                .when(endWait(1), later(615))
                .then(new JobEvent.CreationRequested(2, true, branches(2, 2)));
    }

    @Test
    void a_round_that_may_still_be_claimed_is_looked_for_only_when_that_is_over() {
        var claimedAtTheLastMoment = 60 + 25;

        given(creating(1)).when(resumeStalled(), later(30))
                .then(new JobEvent.CreationRoundEnded(1, RoundEnd.UNHEARD, later(claimedAtTheLastMoment + 15), 0),
                        new JobEvent.LookScheduled(1, later(claimedAtTheLastMoment + 15),
                                "nothing was heard of a round; what it may have sent is looked for once it must have settled"));
    }

    @Test
    void a_job_waits_for_creators_as_long_as_there_are_none() {
        var scenario = given(creating(1));
        for (int round = 1; round <= 100; round++) {
            scenario = scenario.at(later(1000L * round)).after(resumeStalled()).at(later(1000L * round + 500))
                    .after(endWait(round));
        }
        assertThat(scenario.state().awaited()).isEqualTo(Awaited.CREATION);
    }

    @Test
    void a_lost_look_is_asked_for_again() {
        given(verifying(2)).when(resumeStalled(), later(600))
                .then(new JobEvent.VerificationRequested(2, READABLE));
    }

    @Test
    void a_lost_deletion_pass_is_asked_for_again() {
        given(rollingBack()).when(resumeStalled(), later(600)).then(deletionRequested(2));
    }

    @Test
    void a_lost_removal_of_a_surplus_is_asked_for_again_for_the_same_entities() {
        var twin = found(campaign(), "199");

        given(verifying(2)).after(record(differs(1, List.of(), List.of(twin), later(6))))
                .when(resumeStalled(), later(600))
                .then(new JobEvent.DeletionRequested(2, DeletionReason.SURPLUS, List.of(twin)));
    }

    @Test
    void a_lost_timer_ends_its_wait() {
        given(creating(1)).after(record(done(1, List.of(), failed(NETWORK, campaign()))))
                .when(resumeStalled(), later(600))
                .then(new JobEvent.CreationRequested(2, false, allOf(1)));
    }

    @Test
    void a_wait_that_is_not_over_goes_on() {
        given(creating(1)).after(record(Samples.limited(1, List.of(), List.of(), later(3600))))
                .when(resumeStalled(), later(600)).thenNothing()
                .when(resumeStalled(), later(3600))
                .then(new JobEvent.CreationRequested(2, false, allOf(1)));
    }

    @Test
    void a_creation_round_is_resumed_once() {
        given(creating(1)).at(later(600)).after(resumeStalled()).when(resumeStalled()).thenNothing();
    }

    @Test
    void a_round_resumed_while_everything_is_filled_is_followed_by_a_verification_once_all_has_settled() {
        given(creating(1))
                .after(record(notYet(1, created(List.of(campaign())), failed(Samples.LOST_ANSWER, branches(1, 1)))),
                        record(notYet(1, created(branches(1, 1)), List.of())))
                .when(resumeStalled(), later(10))
                .then(new JobEvent.CreationRoundEnded(1, RoundEnd.UNHEARD, null, 0),
                        new JobEvent.LookScheduled(1, SETTLED,
                                "the last look comes after everything that could still take effect"));
    }
}
