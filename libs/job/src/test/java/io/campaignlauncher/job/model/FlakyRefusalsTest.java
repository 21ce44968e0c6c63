package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.LOST_ANSWER;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.rollbackStarted;
import static io.campaignlauncher.job.model.Samples.roundEnded;
import static io.campaignlauncher.job.model.Samples.slotsCreated;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A creative that Facebook refuses often passes when it is asked for again (100/1487390). */
class FlakyRefusalsTest {

    private static final Fault FLAKY = new Fault(ErrorKind.TEMPORARY, false, 100, 1487390, "Invalid parameter", null,
            null);

    @Test
    void a_slot_that_was_refused_once_is_tried_again_and_the_others_stay() {
        given(creating(5))
                .when(record(done(1, created(campaignAndBranches(1, 4)), failed(FLAKY, ad(5)))))
                .then(slotsCreated(1, campaignAndBranches(1, 4)),
                        new JobEvent.SlotsFailed(1, failed(FLAKY, ad(5)), null), roundEnded(1), again(1, 1));
    }

    @Test
    void it_costs_no_retry_of_the_job() {
        var request = request(1);
        request.retryBudget = 0;

        given(creating(request))
                .when(record(done(1, created(List.of(Samples.campaign(), Samples.adSet(1))), failed(FLAKY, ad(1)))))
                .then(slotsCreated(1, List.of(Samples.campaign(), Samples.adSet(1))),
                        new JobEvent.SlotsFailed(1, failed(FLAKY, ad(1)), null), roundEnded(1), again(1, 1))
                .when(endWait(1))
                .then(new JobEvent.CreationRequested(2, false, List.of(ad(1))))
                .when(record(done(2, created(List.of(ad(1))), List.of())))
                .then(slotsCreated(2, List.of(ad(1))), roundEnded(2), new JobEvent.VerificationRequested(1, READABLE));
    }

    @Test
    void three_further_tries_are_made_and_then_it_is_a_no() {
        var scenario = given(creating(1))
                .after(record(notYet(1, created(List.of(Samples.campaign(), Samples.adSet(1))), List.of())));
        for (int round = 1; round <= 3; round++) {
            scenario.when(record(done(round, List.of(), failed(FLAKY, ad(1)))))
                    .then(new JobEvent.SlotsFailed(round, failed(FLAKY, ad(1)), null), roundEnded(round),
                            again(round, round))
                    .when(endWait(round))
                    .then(new JobEvent.CreationRequested(round + 1, false, List.of(ad(1))));
        }

        scenario.when(record(done(4, List.of(), failed(FLAKY, ad(1)))))
                .then(new JobEvent.SlotsFailed(4, failed(FLAKY, ad(1)), null), roundEnded(4),
                        rollbackStarted("refused 4 times: Invalid parameter (code 100/1487390)"),
                        deletionRequested(1));
    }

    @Test
    void each_slot_has_its_own_tries() {
        given(creating(2))
                .after(record(done(1, created(campaignAndBranches(1, 1)), failed(FLAKY, Samples.adSet(2)))), endWait(1),
                        record(done(2, List.of(), failed(FLAKY, Samples.adSet(2)))), endWait(2),
                        record(done(3, created(List.of(Samples.adSet(2))), failed(FLAKY, ad(2)))), endWait(3))
                .when(record(done(4, List.of(), failed(FLAKY, ad(2)))))
                .then(new JobEvent.SlotsFailed(4, failed(FLAKY, ad(2)), null), roundEnded(4), again(4, 2));
    }

    @Test
    void a_trouble_beside_it_costs_a_retry_and_waits_for_both() {
        given(creating(2))
                .when(record(done(1, created(campaignAndBranches(1, 1)), both(NETWORK))))
                .then(slotsCreated(1, campaignAndBranches(1, 1)), new JobEvent.SlotsFailed(1, both(NETWORK), null),
                        roundEnded(1), new JobEvent.RetryScheduled(1, 1, POLICY.flakyRetryAt(T0, JOB, 1), NETWORK));
    }

    @Test
    void it_is_not_tried_again_before_lost_answers_have_settled() {
        given(creating(2))
                .when(record(done(1, created(campaignAndBranches(1, 1)), both(LOST_ANSWER))))
                .then(slotsCreated(1, campaignAndBranches(1, 1)),
                        new JobEvent.SlotsFailed(1, both(LOST_ANSWER), SETTLED),
                        roundEnded(1), new JobEvent.RetryScheduled(1, 1, SETTLED, LOST_ANSWER));
    }

    @Test
    void a_permanent_error_beside_it_is_not_hidden() {
        given(creating(2))
                .when(record(done(1, created(campaignAndBranches(1, 1)), both(SUSPENDED))))
                .then(slotsCreated(1, campaignAndBranches(1, 1)), new JobEvent.SlotsFailed(1, both(SUSPENDED), null),
                        roundEnded(1), rollbackStarted(SUSPENDED.described()), deletionRequested(1));
    }

    @Test
    void a_report_that_comes_twice_counts_once() {
        given(creating(1))
                .after(record(notYet(1, List.of(), failed(FLAKY, ad(1)))),
                        record(notYet(1, List.of(), failed(FLAKY, ad(1)))))
                .when(record(done(1, List.of(), failed(FLAKY, ad(1)))))
                .then(roundEnded(1), again(1, 1));
    }

    @Test
    void the_first_further_try_comes_after_about_six_seconds_and_the_others_later() {
        assertThat(POLICY.flakyRetryAt(T0, JOB, 1)).isBetween(later(4), later(6));
        assertThat(POLICY.flakyRetryAt(T0, JOB, 2)).isBetween(later(9), later(12));
        assertThat(POLICY.flakyRetryAt(T0, JOB, 3)).isBetween(later(19), later(24));
        assertThat(POLICY.flakyRetryAt(T0, JOB, 99)).isBetween(T0, T0.plus(Duration.ofSeconds(24)));
    }

    private static List<FailedSlot> both(Fault other) {
        return Samples.concat(failed(FLAKY, ad(2)), failed(other, Samples.adSet(2)));
    }

    private static JobEvent again(int waitNumber, int refusals) {
        return new JobEvent.LookScheduled(waitNumber, POLICY.flakyRetryAt(T0, JOB, refusals),
                "tried again because it often passes: " + FLAKY.described());
    }
}
