package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.Decision.accept;
import static io.campaignlauncher.job.model.Decision.refuse;

import io.campaignlauncher.job.model.JobCommand.AcceptJob;
import io.campaignlauncher.job.model.JobCommand.CancelJob;
import io.campaignlauncher.job.model.JobCommand.DecideRollback;
import io.campaignlauncher.job.model.JobCommand.EndWait;
import io.campaignlauncher.job.model.JobCommand.GiveUpRequest;
import io.campaignlauncher.job.model.JobCommand.RecordCreation;
import io.campaignlauncher.job.model.JobCommand.RecordDeletion;
import io.campaignlauncher.job.model.JobCommand.RecordPreVerification;
import io.campaignlauncher.job.model.JobCommand.RecordSnapshots;
import io.campaignlauncher.job.model.JobCommand.RecordVerification;
import io.campaignlauncher.job.model.JobCommand.RescheduleLaunch;
import io.campaignlauncher.job.model.JobCommand.ResumeStalled;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A job: a request for one campaign with N ad sets and M ads that ends in exactly that on Facebook or in nothing at all.
 *
 * <p>{@link #decide} says what follows from a command, {@link #evolve} what an event does. Both are pure: time and settings
 * come with the {@link DecisionContext}. A repeated command is accepted and adds nothing; a report of a worker is never refused.
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

    public static Decision decide(JobState state, JobCommand command, DecisionContext context) {
        if (command instanceof AcceptJob c) {
            return acceptJob(state, c, context);
        }
        if (state.phase() == Phase.ABSENT) {
            return refuse(new Refusal.NoSuchJob());
        }
        var builder = new DecisionBuilder(state, context);
        return switch (command) {
            case AcceptJob c -> acceptJob(state, c, context);
            case RecordPreVerification c -> PreVerificationRules.record(builder, c.report());
            case RecordCreation c -> CreationRules.record(builder, c.report());
            case RecordVerification c -> VerificationRules.record(builder, c.report());
            case RecordSnapshots c -> RollbackRules.recordSnapshots(builder, c);
            case RecordDeletion c -> RollbackRules.record(builder, c.report());
            case EndWait c -> endWait(builder, c.waitNumber());
            case DecideRollback c -> RollbackRules.decide(builder, c);
            case CancelJob c -> CancellationRules.cancel(builder, c);
            case RescheduleLaunch c -> StartRules.reschedule(builder, c);
            case ResumeStalled c -> resumeStalled(builder, c.lastEventAt());
            case GiveUpRequest c -> UndeliverableRules.record(builder, c);
        };
    }

    private static Decision acceptJob(JobState state, AcceptJob command, DecisionContext context) {
        if (state.phase() != Phase.ABSENT) {
            var stored = state.terms().fingerprint();
            return stored.equals(command.fingerprint())
                    || RequestFingerprint.isOf(stored, command.request(), context.policy()) ? accept()
                            : refuse(new Refusal.DifferentRequest());
        }
        if (command.priorAcceptance() == PriorAcceptance.ANOTHER_REQUEST) {
            return refuse(new Refusal.DifferentRequest());
        }
        var request = command.request();
        var violations = Stream.of(RequestRules.violations(request),
                StartRules.violations(request.startAt(), context.now()), command.obstacles())
                .flatMap(List::stream).distinct().toList();
        if (!violations.isEmpty() && command.priorAcceptance() == PriorAcceptance.NONE) {
            return refuse(new Refusal.InvalidRequest(violations));
        }
        var accepted = accepted(command, context);
        return violations.isEmpty()
                ? accept(accepted, new JobEvent.PreVerificationRequested(1, command.nameTakenByAnotherJob(),
                        command.media().isEmpty() ? null : context.now().plus(context.policy().readLag())))
                : accept(accepted,
                        new JobEvent.JobFailed(violations.stream().map(Violation::described).toList(), true));
    }

    private static JobEvent accepted(AcceptJob command, DecisionContext context) {
        var request = command.request();
        var plan = LaunchPlan.of(request);
        var policy = context.policy();
        return new JobEvent.JobAccepted(context.jobId(), request, command.fingerprint(), plan.adSets(), plan.ads(),
                request.retryBudget() == null ? policy.retryBudget() : request.retryBudget(),
                request.rollbackPolicy() == null ? RollbackPolicy.AUTOMATIC : request.rollbackPolicy(),
                request.duplicateName() == null ? policy.duplicateName() : request.duplicateName(),
                LABEL_PREFIX + context.jobId(), command.media());
    }

    private static Decision endWait(DecisionBuilder builder, int waitNumber) {
        var wait = builder.state().waiting();
        if (wait != null && wait.number() == waitNumber) {
            builder.proceed();
        }
        return builder.done();
    }

    /** Nothing was heard of the job for too long: a message or a timer was lost, and what it stood for is asked again. */
    private static Decision resumeStalled(DecisionBuilder builder, Instant lastEventAt) {
        var state = builder.state();
        switch (state.awaited()) {
            case CREATION -> CreationRules.unheard(builder, lastEventAt);
            case PRE_VERIFICATION, VERIFICATION, DELETION -> {
                if (state.toBeTakenBack()) {
                    CancellationRules.takeBack(builder);
                } else {
                    builder.proceed();
                }
            }
            case NOTHING -> {
                if (state.waiting() != null && !state.waiting().until().isAfter(builder.now)) {
                    builder.proceed();
                }
            }
            case PERSON -> {
            }
        }
        return builder.done();
    }
}
