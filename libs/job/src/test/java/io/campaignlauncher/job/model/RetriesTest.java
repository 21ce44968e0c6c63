package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.done;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.limited;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.retryScheduled;
import static io.campaignlauncher.job.model.Samples.rollbackStarted;
import static io.campaignlauncher.job.model.Samples.roundEnded;
import static io.campaignlauncher.job.model.Samples.slotsCreated;
import static io.campaignlauncher.job.model.Samples.unread;
import static io.campaignlauncher.job.model.Samples.verifying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {

    @Test
    void a_passing_trouble_is_tried_again_after_the_back_off() {
        given(creating(1))
                .when(record(done(1, List.of(), failed(NETWORK, campaign()))))
                .then(new JobEvent.SlotsFailed(1, failed(NETWORK, campaign()), null), roundEnded(1),
                        retryScheduled(1, 1, NETWORK));
    }

    @Test
    void progress_does_not_give_retries_back() {
        given(creating(2))
                .after(record(done(1, created(List.of(campaign())), failed(NETWORK, adSet(1)))), endWait(1))
                .when(record(done(2, created(branches(1, 1)), failed(NETWORK, adSet(2)))))
                .then(slotsCreated(2, branches(1, 1)), new JobEvent.SlotsFailed(2, failed(NETWORK, adSet(2)), null),
                        roundEnded(2), retryScheduled(2, 2, NETWORK));
    }

    @Test
    void the_job_is_rolled_back_when_the_retries_are_used_up() {
        var scenario = given(creating(1)).after(record(notYet(1, created(List.of(campaign())), List.of())));
        for (int retry = 1; retry <= 5; retry++) {
            scenario.when(record(done(retry, List.of(), failed(NETWORK, adSet(1), ad(1)))))
                    .then(new JobEvent.SlotsFailed(retry, failed(NETWORK, adSet(1), ad(1)), null), roundEnded(retry),
                            retryScheduled(retry, retry, NETWORK))
                    .when(endWait(retry))
                    .then(new JobEvent.CreationRequested(retry + 1, false, branches(1, 1)));
        }

        scenario.when(record(done(6, List.of(), failed(NETWORK, adSet(1), ad(1)))))
                .then(new JobEvent.SlotsFailed(6, failed(NETWORK, adSet(1), ad(1)), null), roundEnded(6),
                        rollbackStarted("the retries are used up: " + NETWORK.described()), deletionRequested(1));
    }

    @Test
    void a_job_without_retries_is_rolled_back_at_the_first_trouble() {
        var request = request(1);
        request.retryBudget = 0;

        given(creating(request))
                .when(record(done(1, created(List.of(campaign())), failed(NETWORK, adSet(1)))))
                .then(slotsCreated(1, List.of(campaign())),
                        new JobEvent.SlotsFailed(1, failed(NETWORK, adSet(1)), null),
                        roundEnded(1), rollbackStarted("the retries are used up: " + NETWORK.described()),
                        deletionRequested(1));
    }

    @Test
    void a_job_without_retries_completes_when_there_is_no_trouble() {
        var request = request(1);
        request.retryBudget = 0;

        given(creating(request)).when(record(done(1, created(allOf(1)), List.of())))
                .then(slotsCreated(1, allOf(1)), roundEnded(1), new JobEvent.VerificationRequested(1, READABLE));
    }

    @Test
    void a_permanent_error_is_never_tried_again_whatever_else_went_wrong() {
        given(creating(2))
                .after(record(notYet(1, created(campaignAndBranches(1, 1)), failed(NETWORK, ad(2)))))
                .when(record(done(1, List.of(), failed(SUSPENDED, adSet(2)))))
                .then(new JobEvent.SlotsFailed(1, failed(SUSPENDED, adSet(2)), null), roundEnded(1),
                        rollbackStarted(SUSPENDED.described()), deletionRequested(1));
    }

    @Test
    void a_permanent_error_goes_before_a_rate_limit_of_the_same_round() {
        var both = concat(failed(SUSPENDED, adSet(2)), failed(limited(later(60)), ad(2)));

        given(creating(2))
                .when(record(limited(1, created(List.of(campaign())), both, later(60))))
                .then(slotsCreated(1, List.of(campaign())), new JobEvent.SlotsFailed(1, both, null),
                        new JobEvent.CreationRoundEnded(1, RoundEnd.RATE_LIMITED, null, 4),
                        rollbackStarted(SUSPENDED.described()), deletionRequested(1));
    }

    @Test
    void a_failed_read_of_a_complete_job_costs_no_retry() {
        given(verifying(1))
                .when(record(unread(1, NETWORK, null)))
                .then(new JobEvent.VerificationCompleted(unread(1, NETWORK, null)),
                        new JobEvent.LookScheduled(1, POLICY.retryAt(T0, JOB, 1),
                                "what was created could not be read, which costs no retry: " + NETWORK.described()))
                .when(endWait(1))
                .then(new JobEvent.VerificationRequested(2, READABLE));
    }

    @Test
    void a_wait_ends_once() {
        given(creating(1))
                .after(record(done(1, List.of(), failed(NETWORK, campaign()))), endWait(1))
                .when(endWait(1)).thenNothing();
    }

    @Test
    void a_timer_of_an_earlier_wait_changes_nothing() {
        given(creating(1))
                .after(record(done(1, List.of(), failed(NETWORK, campaign()))), endWait(1),
                        record(done(2, List.of(), failed(NETWORK, campaign()))))
                .when(endWait(1)).thenNothing()
                .when(endWait(3)).thenNothing()
                .when(endWait(2)).then(new JobEvent.CreationRequested(3, false, allOf(1)));
    }

    @Test
    void the_back_off_doubles_from_one_second_to_sixteen_less_up_to_a_fifth() {
        var delays = IntStream.rangeClosed(1, 7)
                .mapToObj(retry -> Duration.between(T0, POLICY.retryAt(T0, JOB, retry))).toList();

        for (int retry = 1; retry <= 7; retry++) {
            var full = Duration.ofSeconds(Math.min(16, 1 << (retry - 1)));
            assertThat(delays.get(retry - 1)).isBetween(full.multipliedBy(4).dividedBy(5), full);
        }
        assertThat(POLICY.retryAt(T0, JOB, 100)).isBetween(T0.plusMillis(12_800), T0.plusSeconds(16));
    }

    @Test
    void jobs_that_failed_together_come_back_at_different_times_and_the_same_job_always_at_the_same() {
        var times = IntStream.range(0, 100).mapToObj(job -> POLICY.retryAt(T0, "job " + job, 1)).distinct().count();

        assertThat(times).isGreaterThan(80);
        assertThat(POLICY.retryAt(T0, JOB, 3)).isEqualTo(POLICY.retryAt(T0, JOB, 3));
    }

    @Test
    void a_policy_that_makes_no_sense_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> policy(-1, 1, 16, 15, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(5, 0, 16, 15, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(5, 17, 16, 15, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(5, 1, 16, 4, 5));
    }

    private static JobPolicy policy(int budget, long initial, long max, long settle, long lag) {
        return new JobPolicy(budget, Duration.ofSeconds(initial), Duration.ofSeconds(max), Duration.ofSeconds(settle),
                Duration.ofSeconds(lag), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(15),
                Duration.ofSeconds(10), 20, 60,
                10,
                DuplicateName.REJECT);
    }
}
