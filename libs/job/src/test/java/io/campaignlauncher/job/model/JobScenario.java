package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A test of the Job: given what has happened, when a command comes, then exactly these events follow. Goes on from there. */
final class JobScenario {

    private final JobPolicy policy;
    private JobState state = Job.initialState();
    private Decision decision = Decision.accept();
    private Instant now = Samples.T0;

    private JobScenario(JobPolicy policy) {
        this.policy = policy;
    }

    static JobScenario given(JobEvent... events) {
        return given(Samples.POLICY, List.of(events));
    }

    static JobScenario given(List<JobEvent> events) {
        return given(Samples.POLICY, events);
    }

    static JobScenario given(JobPolicy policy, List<JobEvent> events) {
        return new JobScenario(policy).and(events);
    }

    JobScenario and(List<JobEvent> events) {
        events.forEach(event -> state = Job.evolve(state, event));
        return this;
    }

    JobScenario and(JobEvent... events) {
        return and(List.of(events));
    }

    /** Commands whose outcome the test does not judge. */
    JobScenario after(JobCommand... commands) {
        for (var command : commands) {
            when(command);
        }
        return this;
    }

    /** Later commands come at this time. */
    JobScenario at(Instant time) {
        now = time;
        return this;
    }

    JobScenario when(JobCommand command) {
        decision = Job.decide(state, command, new DecisionContext(Samples.JOB, now, policy));
        if (decision instanceof Decision.Accepted(var events)) {
            and(events);
        }
        return this;
    }

    JobScenario when(JobCommand command, Instant at) {
        return at(at).when(command);
    }

    JobScenario then(JobEvent... events) {
        return then(List.of(events));
    }

    JobScenario then(List<JobEvent> events) {
        assertThat(decision).isEqualTo(new Decision.Accepted(events));
        return this;
    }

    JobScenario thenNothing() {
        return then();
    }

    JobScenario thenRefused(Refusal refusal) {
        assertThat(decision).isEqualTo(Decision.refuse(refusal));
        return this;
    }

    /** The events that followed from the last command. */
    List<JobEvent> events() {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return new ArrayList<>(((Decision.Accepted) decision).events());
    }

    /** The last command led to exactly one event of this kind. */
    <T extends JobEvent> T theOnly(Class<T> kind) {
        var found = events().stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).as("events of kind %s in %s", kind.getSimpleName(), events()).hasSize(1);
        return found.getFirst();
    }

    JobState state() {
        return state;
    }
}
