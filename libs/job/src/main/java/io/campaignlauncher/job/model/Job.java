package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.Decision.accept;
import static io.campaignlauncher.job.model.Decision.refuse;

import io.campaignlauncher.job.model.JobCommand.AcceptJob;
import io.campaignlauncher.job.model.JobCommand.DecideRollback;
import io.campaignlauncher.job.model.JobCommand.EndWait;
import io.campaignlauncher.job.model.JobCommand.GiveUpRequest;
import io.campaignlauncher.job.model.JobCommand.RecordCreation;
import io.campaignlauncher.job.model.JobCommand.RecordDeletion;
import io.campaignlauncher.job.model.JobCommand.RecordPreVerification;
import io.campaignlauncher.job.model.JobCommand.RecordSnapshots;
import io.campaignlauncher.job.model.JobCommand.RecordVerification;
import io.campaignlauncher.job.model.JobCommand.TakeUpAgain;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A job: a request for one campaign with N ad sets and M ads that ends in exactly that on Facebook or in nothing at all.
 *
 * <p>{@link #decide} says what follows from a command, {@link #evolve} what an event does. Both are pure: time and settings
 * come with the {@link Moment}. A repeated command is accepted and adds nothing; a report of a worker is never refused.
 */
public final class Job {

    private static final String LABEL_PREFIX = "campaign-launcher-job-";

    private Job() {}

    public static JobState initialState() {
        return JobState.ABSENT;
    }

    public static JobState evolve(JobState state, JobEvent event) {
        return Evolution.evolve(state, event);
    }

    public static Decision decide(JobState state, JobCommand command, Moment moment) {
        if (command instanceof AcceptJob c) {
            return acceptJob(state, c, moment);
        }
        if (state.phase() == Phase.ABSENT) {
            return refuse(new Refusal.NoSuchJob());
        }
        var turn = new Turn(state, moment);
        return switch (command) {
            case AcceptJob c -> acceptJob(state, c, moment);
            case RecordPreVerification c -> PreVerificationRules.record(turn, c.report());
            case RecordCreation c -> CreationRules.record(turn, c.report());
            case RecordVerification c -> VerificationRules.record(turn, c.report());
            case RecordSnapshots c -> RollbackRules.recordSnapshots(turn, c);
            case RecordDeletion c -> RollbackRules.record(turn, c.report());
            case EndWait c -> endWait(turn, c.waitNumber());
            case DecideRollback c -> RollbackRules.decide(turn, c);
            case TakeUpAgain c -> takeUpAgain(turn, c.quietSince());
            case GiveUpRequest c -> UndeliverableRules.record(turn, c);
        };
    }

    private static Decision acceptJob(JobState state, AcceptJob command, Moment moment) {
        if (state.phase() != Phase.ABSENT) {
            var stored = state.terms().fingerprint();
            return stored.equals(command.fingerprint())
                    || RequestFingerprint.isOf(stored, command.request(), moment.policy()) ? accept()
                            : refuse(new Refusal.DifferentRequest());
        }
        var request = command.request();
        var violations = Stream.concat(RequestRules.violations(request).stream(), command.obstacles().stream())
                .distinct().toList();
        if (!violations.isEmpty() && !command.promised()) {
            return refuse(new Refusal.InvalidRequest(violations));
        }
        var accepted = accepted(command, moment);
        return violations.isEmpty()
                ? accept(accepted, new JobEvent.PreVerificationRequested(1, command.nameTakenByAnotherJob()))
                : accept(accepted, new JobEvent.JobFailed(violations.stream().map(Violation::described).toList()));
    }

    private static JobEvent accepted(AcceptJob command, Moment moment) {
        var request = command.request();
        var plan = LaunchPlan.of(request);
        var policy = moment.policy();
        return new JobEvent.JobAccepted(moment.jobId(), request, command.fingerprint(), plan.adSets(), plan.ads(),
                request.retryBudget() == null ? policy.retryBudget() : request.retryBudget(),
                request.rollbackPolicy() == null ? RollbackPolicy.AUTOMATIC : request.rollbackPolicy(),
                request.duplicateName() == null ? policy.duplicateName() : request.duplicateName(),
                LABEL_PREFIX + moment.jobId());
    }

    private static Decision endWait(Turn turn, int waitNumber) {
        var wait = turn.state().waiting();
        if (wait != null && wait.number() == waitNumber) {
            turn.proceed();
        }
        return turn.done();
    }

    /** Nothing was heard of the job for too long: a message or a timer was lost, and what it stood for is asked again. */
    private static Decision takeUpAgain(Turn turn, Instant quietSince) {
        var state = turn.state();
        switch (state.awaited()) {
            case CREATION -> CreationRules.unheard(turn, quietSince);
            case PRE_VERIFICATION, VERIFICATION, DELETION -> turn.proceed();
            case NOTHING -> {
                if (state.waiting() != null && !state.waiting().until().isAfter(turn.now)) {
                    turn.proceed();
                }
            }
            case PERSON -> {
            }
        }
        return turn.done();
    }
}
