package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.LABEL;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.accepted;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.passed;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.JobCommand.AcceptJob;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AcceptingTest {

    @Test
    void a_request_that_was_answered_as_taken_becomes_a_job_whatever_stands_against_it_and_fails_at_once() {
        var obstacle = new Violation("credentialId", "is not known");
        var command = new AcceptJob(JOB, request(2).build(), "f1", PriorAcceptance.THIS_REQUEST,
                List.of(obstacle));

        given().when(command)
                .then(accepted(request(2)).getFirst(),
                        new JobEvent.JobFailed(List.of("credentialId is not known"), true))
                .when(command).thenNothing();
    }

    @Test
    void a_job_of_an_older_version_keeps_its_key_and_knows_its_request_again() {
        var request = request(2);
        request.idempotencyKey = "cl\u00e9 1";
        var job = new JobEvent.JobAccepted(JOB, request.build(), "f1", 2, 2, 5, RollbackPolicy.AUTOMATIC,
                DuplicateName.REJECT, LABEL, List.of());

        given(job).when(new AcceptJob(JOB, request.build(), "f1", false)).thenNothing();
        given().when(new AcceptJob(JOB, request.build(), "f1", false)).thenRefused(new Refusal.InvalidRequest(List.of(
                new Violation("idempotencyKey", "may hold only visible ASCII characters, and no blanks"))));
    }

    @Test
    void what_stands_against_a_request_that_nobody_was_told_about_refuses_it() {
        var obstacle = new Violation("credentialId", "is not known");

        given().when(new AcceptJob(JOB, request(2).build(), "f1", PriorAcceptance.NONE, List.of(obstacle)))
                .thenRefused(new Refusal.InvalidRequest(List.of(obstacle)));
    }

    @Test
    void accepting_a_job_allots_its_slots_and_asks_for_a_look_at_the_account() {
        var request = request(2).build();

        var scenario = given().when(new AcceptJob(JOB, request, "f1", false)).then(
                new JobEvent.JobAccepted(JOB, request, "f1", 2, 2, 5, RollbackPolicy.AUTOMATIC, DuplicateName.REJECT,
                        LABEL, List.of()),
                new JobEvent.PreVerificationRequested(1, false));

        assertThat(scenario.state().unfilled()).containsExactly(campaign(), adSet(1), adSet(2), ad(1), ad(2));
        assertThat(scenario.state().phase().status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void accepting_a_job_keeps_what_the_request_settles_itself() {
        var request = request(3);
        request.retryBudget = 0;
        request.rollbackPolicy = RollbackPolicy.CONFIRM;
        request.duplicateName = DuplicateName.WARN;

        given().when(new AcceptJob(JOB, request.build(), "f1", true)).then(
                new JobEvent.JobAccepted(JOB, request.build(), "f1", 3, 3, 0, RollbackPolicy.CONFIRM,
                        DuplicateName.WARN,
                        LABEL, List.of()),
                new JobEvent.PreVerificationRequested(1, true));
    }

    @Test
    void accepting_the_same_request_again_adds_nothing() {
        given(accepted(request(2))).when(new AcceptJob(JOB, request(2).build(), "f1", false)).thenNothing();
    }

    @Test
    void accepting_the_same_request_again_adds_nothing_at_the_end_of_the_job_either() {
        given(accepted(request(2))).and(new JobEvent.JobFailed(List.of("no"), true))
                .when(new AcceptJob(JOB, request(2).build(), "f1", false)).thenNothing();
    }

    @Test
    void accepting_the_same_request_again_does_not_look_at_the_name_again() {
        given(creating(2)).when(new AcceptJob(JOB, request(2).build(), "f1", true)).thenNothing();
    }

    /** Both were told; which of them first does not matter. */
    @Test
    void a_request_that_says_the_defaults_is_the_same_as_one_that_leaves_them_out() {
        var leftOut = request(2);
        var said = request(2);
        said.adCount = 2;
        said.retryBudget = POLICY.retryBudget();
        said.rollbackPolicy = RollbackPolicy.AUTOMATIC;
        said.duplicateName = POLICY.duplicateName();
        for (var pair : List.of(List.of(leftOut, said), List.of(said, leftOut))) {
            var first = pair.getFirst().build();
            var again = pair.getLast().build();
            given(acceptedAs(first)).when(new AcceptJob(JOB, again, RequestFingerprint.of(again), false)).thenNothing();
        }
    }

    @Test
    void the_usual_count_of_a_strategy_may_be_left_out_too() {
        var said = request(50);
        var leftOut = request(50);
        leftOut.adSetCount = null;
        assertThat(RequestFingerprint.isOf(RequestFingerprint.of(said.build()), leftOut.build(), POLICY)).isTrue();
        assertThat(RequestFingerprint.isOf(RequestFingerprint.of(leftOut.build()), said.build(), POLICY)).isTrue();
        said.adSetCount = 49;
        assertThat(RequestFingerprint.isOf(RequestFingerprint.of(leftOut.build()), said.build(), POLICY)).isFalse();
    }

    @Test
    void what_is_not_the_default_makes_another_request() {
        var first = request(2).build();
        List.<Consumer<RequestSample>>of(r -> r.retryBudget = POLICY.retryBudget() + 1,
                r -> r.rollbackPolicy = RollbackPolicy.CONFIRM, r -> r.duplicateName = DuplicateName.WARN,
                r -> r.name = "Another", r -> r.priority = 6, r -> r.strategy = Strategy.FOR_ALL).forEach(change -> {
                    var sample = request(2);
                    change.accept(sample);
                    var other = sample.build();
                    given(acceptedAs(first)).when(new AcceptJob(JOB, other, RequestFingerprint.of(other), false))
                            .thenRefused(new Refusal.DifferentRequest());
                });
    }

    private static JobEvent acceptedAs(LaunchRequest request) {
        return new JobEvent.JobAccepted(JOB, request, RequestFingerprint.of(request), 2, 2, 5, RollbackPolicy.AUTOMATIC,
                DuplicateName.REJECT, LABEL, List.of());
    }

    @Test
    void accepting_another_request_under_the_same_key_is_refused() {
        given().when(new AcceptJob(JOB, request(2).build(), "f1", PriorAcceptance.ANOTHER_REQUEST, List.of()))
                .thenRefused(new Refusal.DifferentRequest());
        given(accepted(request(2))).when(new AcceptJob(JOB, request(3).build(), "f2", false))
                .thenRefused(new Refusal.DifferentRequest());
    }

    @Test
    void accepting_a_request_that_breaks_rules_is_refused_with_every_one_of_them() {
        var request = request(0);
        request.userId = "";

        given().when(new AcceptJob(JOB, request.build(), "f1", false)).thenRefused(new Refusal.InvalidRequest(List.of(
                new Violation("userId", "is needed"), new Violation("adSetCount", "must be 1 to 200"))));
    }

    @Test
    void a_report_for_a_job_that_was_never_accepted_is_refused() {
        given().when(record(passed(1))).thenRefused(new Refusal.NoSuchJob());
    }

    @Test
    void whose_it_is_stays_with_the_job_whoever_asks_again() {
        var ann = new Ownership("acme", "ann");
        var request = request(2).build().ownedBy(ann);
        var again = request.ownedBy(new Ownership("acme", "app"));
        var accepted = given().after(new AcceptJob(JOB, request, "f1", false));

        assertThat(accepted.state().ownership()).isEqualTo(ann);
        accepted.when(new AcceptJob(JOB, again, "f1", false)).thenNothing();
    }
}
