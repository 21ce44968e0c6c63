package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.LOST_ANSWER;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.limited;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.slotsCreated;
import static io.campaignlauncher.job.model.Samples.unread;
import static io.campaignlauncher.job.model.Samples.verifying;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static JobEvent ended(int round) {
        return new JobEvent.CreationRoundEnded(round, RoundEnd.RATE_LIMITED, null, 4);
    }

    @Test
    void a_limited_account_is_left_alone_until_the_time_that_facebook_names() {
        given(creating(2))
                .when(record(limited(1, created(campaignAndBranches(1, 1)), failed(limited(later(300)), adSet(2)),
                        later(300))))
                .then(slotsCreated(1, campaignAndBranches(1, 1)),
                        new JobEvent.SlotsFailed(1, failed(limited(later(300)), adSet(2)), null), ended(1),
                        new JobEvent.RateLimitReached(1, later(300), limited(later(300))))
                .when(endWait(1), later(300))
                .then(new JobEvent.CreationRequested(2, false, branches(2, 2)));
    }

    @Test
    void an_account_that_is_left_alone_before_anything_was_refused_waits_as_well() {
        given(creating(2))
                .when(record(limited(1, List.of(), List.of(), later(60))))
                .then(ended(1), new JobEvent.RateLimitReached(1, later(60),
                        new Fault(ErrorKind.RATE_LIMIT, false, null, null, "the account is limited", null, later(60))));
    }

    @Test
    void where_facebook_names_no_time_the_job_waits_a_minute() {
        given(creating(2))
                .when(record(limited(1, List.of(), failed(limited(null), adSet(1)), null)))
                .then(new JobEvent.SlotsFailed(1, failed(limited(null), adSet(1)), null), ended(1),
                        new JobEvent.RateLimitReached(1, later(60), limited(null)));
    }

    @Test
    void a_limit_is_waited_for_although_the_round_was_finished() {
        given(creating(2))
                .when(record(done(1, List.of(), failed(limited(later(30)), adSet(1)))))
                .then(new JobEvent.SlotsFailed(1, failed(limited(later(30)), adSet(1)), null),
                        new JobEvent.CreationRoundEnded(1, RoundEnd.DONE, null, 4),
                        new JobEvent.RateLimitReached(1, later(30), limited(later(30))));
    }

    @Test
    void waiting_for_a_limit_costs_no_retry_however_often_it_happens() {
        var request = request(2);
        request.retryBudget = 0;
        var scenario = given(creating(request));

        for (int round = 1; round <= 30; round++) {
            scenario.after(record(limited(round, List.of(), failed(limited(later(round)), adSet(1)), later(round))))
                    .when(endWait(round), later(round))
                    .theOnly(JobEvent.CreationRequested.class);
        }
        assertThat(scenario.state().counts().retries()).isZero();
    }

    @Test
    void a_limit_goes_before_a_passing_trouble_of_the_same_round() {
        given(creating(2))
                .when(record(limited(1, List.of(),
                        concat(failed(NETWORK, adSet(1)), failed(limited(later(30)), adSet(2))), later(30))))
                .then(new JobEvent.SlotsFailed(1,
                        concat(failed(NETWORK, adSet(1)), failed(limited(later(30)), adSet(2))), null),
                        ended(1), new JobEvent.RateLimitReached(1, later(30), limited(later(30))));
    }

    @Test
    void after_a_limit_an_unknown_outcome_is_still_left_to_settle_first() {
        given(creating(2))
                .after(record(limited(1, created(campaignAndBranches(1, 1)),
                        concat(failed(LOST_ANSWER, adSet(2)), failed(limited(later(3)), ad(2))), later(3))))
                .when(endWait(1), later(3))
                .then(new JobEvent.LookScheduled(2, SETTLED,
                        "an earlier outcome is unknown; what exists is looked for once it must have settled"))
                .when(endWait(2), SETTLED)
                .then(new JobEvent.CreationRequested(2, true, branches(2, 2)));
    }

    @Test
    void a_limited_look_is_asked_for_again_and_costs_no_retry() {
        given(verifying(1))
                .when(record(unread(1, limited(later(90)), null)))
                .then(new JobEvent.VerificationCompleted(unread(1, limited(later(90)), null)),
                        new JobEvent.RateLimitReached(1, later(90), limited(later(90))))
                .when(endWait(1), later(90))
                .then(new JobEvent.VerificationRequested(2, READABLE));
    }
}
