package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.history.Standing;
import io.campaignlauncher.job.messages.EventMessages;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** After each event of any history, what people are told is what the Job itself knows. {@link World} makes the histories. */
class StandingPropertyTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void people_are_told_what_the_job_knows(@ForAll("settings") WorldSetting setting) {
        var state = Job.initialState();
        var standing = Standing.NONE;
        var at = Samples.T0;
        int calls = 0;
        for (var event : new World(setting).run().history()) {
            at = at.plusSeconds(1);
            state = Job.evolve(state, event);
            var context = new DecisionContext(Samples.JOB, at, Samples.POLICY);
            standing = standing.after(EventMessages.message(event, state, context), at);
            calls += calls(event);
            agree(standing, state, event, at);
            assertThat(standing.httpCalls()).isEqualTo(calls);
        }
        assertThat(standing.ended()).isTrue();
        assertThat(standing.reasons().isEmpty()).isEqualTo(state.phase() == Phase.COMPLETED);
    }

    private static void agree(Standing standing, JobState state, JobEvent event, Instant at) {
        var name = event.getClass().getSimpleName();
        var waiting = state.waiting();
        assertThat(standing.status()).as(name).isEqualTo(state.phase().status());
        assertThat(standing.ended()).as(name).isEqualTo(state.phase().settled());
        assertThat(standing.retryCount()).as(name).isEqualTo(state.counts().retries());
        assertThat(standing.waitingUntil()).as(name)
                .isEqualTo(waiting == null ? null : waiting.until().truncatedTo(ChronoUnit.MILLIS));
        assertThat(standing.awaitingConfirmation()).as(name).isEqualTo(state.awaited() == Awaited.PERSON);
        assertThat(standing.times().startedAt() != null).as(name).isEqualTo(state.counts().rounds() > 0);
        if (event instanceof JobEvent.Waiting wait && !(wait instanceof JobEvent.LookScheduled)
                && !(wait instanceof JobEvent.LaunchScheduled)) {
            assertThat(standing.lastError()).as(name).isNotBlank();
        }
        if (event instanceof JobEvent.Ending) {
            assertThat(standing.times().completedAt()).as(name).isEqualTo(at);
        }
    }

    private static int calls(JobEvent event) {
        return switch (event) {
            case JobEvent.PreVerificationCompleted(var report) -> report.httpCalls();
            case JobEvent.VerificationCompleted(var report) -> report.httpCalls();
            case JobEvent.CreationRoundEnded e -> e.httpCalls();
            case JobEvent.DeletionPassEnded e -> e.httpCalls();
            case JobEvent.JobAccepted _,JobEvent.Requested _,JobEvent.Progress _,JobEvent.Waiting _,JobEvent.Ending _ ->
                0;
        };
    }

    @Provide
    Arbitrary<WorldSetting> settings() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(1, 4),
                Arbitraries.of(Strategy.class), Arbitraries.integers().between(0, 6),
                Arbitraries.of(RollbackPolicy.class), Arbitraries.integers().between(1, 300),
                Arbitraries.integers().between(1, 400), JobPropertyTest.cancelled()).as(WorldSetting::new);
    }
}
