package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.accepted;
import static io.campaignlauncher.job.model.Samples.allOf;
import static io.campaignlauncher.job.model.Samples.checked;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.limited;
import static io.campaignlauncher.job.model.Samples.passed;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static io.campaignlauncher.job.model.Samples.retryScheduled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreVerificationTest {

    private static final Check SUSPENDED = new Check("account_active", Check.Outcome.FAILED,
            "The account is disabled.");
    private static final Check NAME_TAKEN = new Check("campaign_name_free", Check.Outcome.FAILED, "The name is taken.");
    private static final Check NAME_WARNED = new Check("campaign_name_free", Check.Outcome.WARNED,
            "The name is taken.");
    private static final Check TOKEN_VALID = new Check("token_valid", Check.Outcome.PASSED, "");

    @Test
    void a_good_account_starts_the_first_creation_round_for_every_slot() {
        var report = passed(1);

        given(accepted(request(2))).when(record(report)).then(new JobEvent.PreVerificationCompleted(report),
                new JobEvent.CreationRequested(1, false, allOf(2)));
    }

    @Test
    void a_warning_does_not_keep_the_job_from_starting() {
        var report = checked(1, VerificationOutcome.PASSED, null, NAME_WARNED);

        given(accepted(request(1))).when(record(report)).then(new JobEvent.PreVerificationCompleted(report),
                new JobEvent.CreationRequested(1, false, allOf(1)));
    }

    @Test
    void a_refusal_ends_the_job_with_every_reason_and_nothing_is_created() {
        var report = checked(1, VerificationOutcome.REFUSED, null, TOKEN_VALID, SUSPENDED, NAME_TAKEN);

        given(accepted(request(2))).when(record(report)).then(new JobEvent.PreVerificationCompleted(report),
                new JobEvent.JobFailed(List.of("The account is disabled.", "The name is taken."), true));
    }

    @Test
    void a_timeout_while_verifying_is_tried_again_and_never_taken_for_a_refusal() {
        var report = checked(1, VerificationOutcome.INCONCLUSIVE, NETWORK);

        given(accepted(request(2)))
                .when(record(report))
                .then(new JobEvent.PreVerificationCompleted(report), retryScheduled(1, 1, NETWORK))
                .when(endWait(1))
                .then(new JobEvent.PreVerificationRequested(2, false))
                .when(record(passed(2)))
                .then(new JobEvent.PreVerificationCompleted(passed(2)),
                        new JobEvent.CreationRequested(1, false, allOf(2)));
    }

    @Test
    void a_verification_that_says_nothing_is_tried_again_as_well() {
        var report = checked(1, VerificationOutcome.INCONCLUSIVE, null);

        given(accepted(request(2))).when(record(report)).then(new JobEvent.PreVerificationCompleted(report),
                retryScheduled(1, 1, Fault.temporary("the account could not be checked")));
    }

    @Test
    void a_retry_still_knows_that_another_job_has_the_name() {
        var report = checked(1, VerificationOutcome.INCONCLUSIVE, NETWORK);

        given(accepted(request(2)).getFirst(), new JobEvent.PreVerificationRequested(1, true))
                .after(record(report))
                .when(endWait(1))
                .then(new JobEvent.PreVerificationRequested(2, true));
    }

    @Test
    void a_rate_limit_while_verifying_costs_no_retry() {
        var report = checked(1, VerificationOutcome.INCONCLUSIVE, limited(later(300)));

        given(accepted(request(2)))
                .when(record(report))
                .then(new JobEvent.PreVerificationCompleted(report),
                        new JobEvent.RateLimitReached(1, later(300), limited(later(300))))
                .when(endWait(1))
                .then(new JobEvent.PreVerificationRequested(2, false));
    }

    @Test
    void the_job_fails_when_the_account_could_not_be_checked_with_any_retry() {
        var request = request(2);
        request.retryBudget = 1;
        var second = checked(2, VerificationOutcome.INCONCLUSIVE, NETWORK);

        given(accepted(request))
                .after(record(checked(1, VerificationOutcome.INCONCLUSIVE, NETWORK)), endWait(1))
                .when(record(second))
                .then(new JobEvent.PreVerificationCompleted(second), new JobEvent.JobFailed(List.of(
                        "the account could not be checked, and the retries are used up: " + NETWORK.described()),
                        true));
    }

    @Test
    void a_report_of_an_earlier_attempt_changes_nothing() {
        given(accepted(request(2))).and(new JobEvent.PreVerificationRequested(2, false))
                .when(record(passed(1))).thenNothing();
    }

    @Test
    void a_report_that_was_judged_changes_nothing_when_it_comes_again() {
        given(accepted(request(2))).after(record(passed(1))).when(record(passed(1))).thenNothing();
    }

    @Test
    void retries_used_while_verifying_are_gone_from_the_budget() {
        var request = request(1);
        request.retryBudget = 2;
        var again = checked(2, VerificationOutcome.INCONCLUSIVE, NETWORK);

        given(accepted(request))
                .after(record(checked(1, VerificationOutcome.INCONCLUSIVE, NETWORK)), endWait(1))
                .when(record(again))
                .then(new JobEvent.PreVerificationCompleted(again),
                        new JobEvent.RetryScheduled(2, 2, POLICY.retryAt(T0, JOB, 2), NETWORK));
    }

    @Test
    void a_video_that_is_still_encoded_is_waited_for_and_costs_no_retry() {
        var clip = new MediaFile("clip.mp4", MediaType.VIDEO, "77", null);
        var shown = new MediaFile("clip.mp4", MediaType.VIDEO, "77", "https://cdn/1.jpg");
        var accepted = (JobEvent.JobAccepted) accepted(request(1)).getFirst();
        var withClip = new JobEvent.JobAccepted(accepted.jobId(), accepted.request(), accepted.fingerprint(),
                accepted.adSets(), accepted.ads(), accepted.retryBudget(), accepted.rollbackPolicy(),
                accepted.duplicateName(), accepted.label(), List.of(clip));
        var encoding = encoding(1, later(5));
        var ready = new PreVerificationReport(2, VerificationOutcome.PASSED, List.of(), 3, 5000, null, 210, 2, null,
                List.of(shown), null);

        var scenario = given(withClip, new JobEvent.PreVerificationRequested(1, false))
                .when(record(encoding))
                .then(new JobEvent.PreVerificationCompleted(encoding),
                        new JobEvent.LookScheduled(1, later(5), "a video is still encoded by Facebook: clip.mp4"));
        assertThat(scenario.state().counts().retries()).isZero();
        assertThat(scenario.state().terms().media()).containsExactly(clip);
        scenario.when(endWait(1)).then(new JobEvent.PreVerificationRequested(2, false))
                .when(record(ready)).then(new JobEvent.PreVerificationCompleted(ready),
                        new JobEvent.CreationRequested(1, false, allOf(1)));
        assertThat(scenario.state().terms().media()).containsExactly(shown);
    }

    @Test
    void what_was_uploaded_just_before_the_launch_is_missed_by_reads_for_a_while_however_often_they_are_asked() {
        var clip = new MediaFile("clip.mp4", MediaType.VIDEO, "77", null);
        var accept = new JobCommand.AcceptJob(JOB, request(1).build(), "f1", false, PriorAcceptance.NONE, List.of(),
                List.of(clip));
        var unread = checked(1, VerificationOutcome.INCONCLUSIVE, NETWORK);
        var shown = T0.plus(POLICY.readLag());

        var scenario = given().when(accept);
        assertThat(scenario.theOnly(JobEvent.PreVerificationRequested.class))
                .isEqualTo(new JobEvent.PreVerificationRequested(1, false, shown));
        scenario.after(record(unread)).when(endWait(1), later(60))
                .then(new JobEvent.PreVerificationRequested(2, false, shown));
    }

    /** As a verifier of an older version answers. */
    @Test
    void an_account_that_passes_without_a_word_about_the_images_and_videos_is_checked_again() {
        var clip = new MediaFile("clip.mp4", MediaType.VIDEO, "77", null);
        var accept = new JobCommand.AcceptJob(JOB, request(1).build(), "f1", false, PriorAcceptance.NONE, List.of(),
                List.of(clip));

        given().after(accept).when(record(passed(1))).then(new JobEvent.PreVerificationCompleted(passed(1)),
                retryScheduled(1, 1, Fault.temporary("images and videos of the launch were not checked")));
    }

    @Test
    void no_job_waits_for_a_video_for_ever() {
        var last = encoding(240, later(60));

        given(accepted(request(1)).getFirst(), new JobEvent.PreVerificationRequested(240, false)).when(record(last))
                .then(new JobEvent.PreVerificationCompleted(last), new JobEvent.JobFailed(
                        List.of("not ready after 240 looks: a video is still encoded by Facebook: clip.mp4"), true));
    }

    private static PreVerificationReport encoding(int attempt, Instant readyAt) {
        return new PreVerificationReport(attempt, VerificationOutcome.INCONCLUSIVE, List.of(), 3, 5000,
                Fault.temporary("a video is still encoded by Facebook: clip.mp4"), 210, 2, null, List.of(), readyAt);
    }
}
