package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.accepted;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.deleted;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.passEnded;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.rollbackStarted;
import static io.campaignlauncher.job.model.Samples.rollingBack;
import static io.campaignlauncher.job.model.Samples.verifying;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A job whose request can never reach a worker ends for that reason instead of asking for ever. */
class UndeliverableRequestsTest {

    private static final String REASON = "what was to be asked of a worker cannot be published: too large";

    @Test
    void a_check_of_the_account_that_nobody_can_be_asked_for_ends_the_job() {
        given(accepted(request(2))).when(giveUp(Awaited.PRE_VERIFICATION, 1))
                .then(new JobEvent.JobFailed(List.of(REASON), true));
    }

    @Test
    void a_round_that_nobody_can_be_asked_for_ends_in_nothing_once_it_must_have_settled() {
        var settled = later(60 + 25 + 15);
        given(creating(1)).when(giveUp(Awaited.CREATION, 1))
                .then(new JobEvent.CreationRoundEnded(1, RoundEnd.UNHEARD, settled, 0), rollbackStarted(REASON),
                        deletionRequested(1))
                .when(record(deleted(1, List.of(), later(1))))
                .then(passEnded(1), new JobEvent.LookScheduled(1, settled,
                        "the last look comes after everything that could still take effect"));
    }

    @Test
    void a_look_at_a_complete_launch_that_nobody_can_be_asked_for_is_put_to_a_person() {
        given(verifying(1)).when(giveUp(Awaited.VERIFICATION, 1)).then(new JobEvent.RollbackProposed(
                "everything was created, but it cannot be looked at: " + REASON));
    }

    @Test
    void a_deletion_that_nobody_can_be_asked_for_says_that_something_is_left() {
        given(rollingBack()).when(giveUp(Awaited.DELETION, 1)).then(new JobEvent.JobFailed(
                List.of("rolled back in part only: " + REASON,
                        "rollback because: The account is suspended (code 368)"),
                false));
    }

    @Test
    void takes_what_it_is_told_again_or_of_an_earlier_request_as_already_known() {
        given(creating(1)).when(giveUp(Awaited.CREATION, 2)).then().when(giveUp(Awaited.PRE_VERIFICATION, 1)).then();
        given(creating(1)).after(giveUp(Awaited.CREATION, 1)).when(giveUp(Awaited.CREATION, 1)).then();
    }

    private static JobCommand giveUp(Awaited asked, int number) {
        return new JobCommand.GiveUpRequest(asked, number, "too large");
    }
}
