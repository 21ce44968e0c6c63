package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges.Wish;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.telemetry.TraceSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person decides about a job: {@code POST /v1/jobs/{jobId}/rollback} answers a proposed rollback, {@code
 * POST /v1/jobs/{jobId}/cancel} stops it, {@code PUT /v1/jobs/{jobId}/start} moves its start. The same said twice is taken twice.
 */
final class PersonsDecisions {

    private static final String CANCEL = "job.cancel";
    private static final String RESCHEDULE = "job.reschedule";
    private static final String NOW = "now";
    private static final int TIME_CHARACTERS_MAX = 100;
    private static final int REASON_CHARACTERS_MAX = 1_000;
    private static final int USER_CHARACTERS_MAX = 200;

    /** What a person may say of a rollback. */
    enum Choice { CONFIRM, DECLINE }

    private final DecisionQueue decisions;
    private final HistoryReads reads;
    private final AuditedChanges audited;
    private final HttpSettings settings;

    /**
     * What is said. Why somebody says so is in the job's own history, and in no audit.
     *
     * @param action  in the audit's words
     * @param choice  likewise; empty where there is none
     * @param userId  who says it, as the body has it; may be empty
     * @param command by whom it is
     */
    private record Said(String action, String choice, String userId, Function<String, JobCommand> command) {

        /** Whoever shows who they are decides as nobody else; who sits at the machine says for whom. */
        Said by(Principal asking) {
            if (asking.means() instanceof Principal.ThisMachine) {
                return this;
            }
            if (!userId.isEmpty() && !userId.equals(asking.subject())) {
                throw Problem.forbidden("userId", "must be your own id: you may decide for nobody else");
            }
            return new Said(action, choice, asking.subject(), command);
        }

        Wish wish(UUID jobId) {
            var words = new ArrayList<String>();
            if (!choice.isEmpty()) {
                words.add(choice);
            }
            if (!userId.isEmpty()) {
                words.add("for " + userId);
            }
            return new Wish(action, jobId.toString(), String.join(", ", words));
        }
    }

    PersonsDecisions(DecisionQueue decisions, HistoryReads reads, AuditedChanges audited, HttpSettings settings) {
        this.decisions = decisions;
        this.reads = reads;
        this.audited = audited;
        this.settings = settings;
    }

    Mono<ServerResponse> decideRollback(ServerRequest request) {
        return taken(request, PersonsDecisions::rollback);
    }

    Mono<ServerResponse> cancel(ServerRequest request) {
        return taken(request, PersonsDecisions::cancellation);
    }

    Mono<ServerResponse> reschedule(ServerRequest request) {
        return taken(request, PersonsDecisions::rescheduling);
    }

    private Mono<ServerResponse> taken(ServerRequest request, Function<ObjectNode, Said> reader) {
        var jobId = PathJobId.of(request);
        return JsonBody.of(request, settings.bodyBytesMax())
                .map(reader)
                .flatMap(said -> Asking.principal(request)
                        .delayUntil(asking -> Blocking
                                .run(() -> reads.requireKnown(jobId, Visibility.of(asking))))
                        .map(said::by))
                .flatMap(said -> audited.make(request, said.wish(jobId), Mono.deferContextual(
                        context -> decide(jobId, said, TraceSpan.of(context), request).then())))
                .then(Mono.defer(() -> {
                    var answer = new LinkedHashMap<String, Object>();
                    answer.put("jobId", jobId);
                    return Responses.accepted(answer, null);
                }));
    }

    /** What follows continues the caller's trace; where the caller sends none, it stays in the job's. */
    private static boolean bringsTrace(ServerRequest request, TraceSpan span) {
        var traceId = span.traceId();
        return traceId != null
                && request.headers().header(TraceSpan.TRACEPARENT).stream().anyMatch(given -> given.contains(traceId));
    }

    private Mono<Decision> decide(UUID jobId, Said said, TraceSpan asking, ServerRequest request) {
        var id = jobId.toString();
        var span = asking.about(id, id);
        var origin = bringsTrace(request, span) ? new Origin(null, null, span.traceparent()) : Origin.JOB;
        return decisions.decide(id, said.command().apply(said.userId()), origin, span,
                "The decision could not be taken down; send it again.")
                .flatMap(decision -> switch (decision) {
                    case Decision.Accepted _ -> Mono.just(decision);
                    case Decision.Refused(var refusal) -> Mono.error(problem(refusal, said));
                });
    }

    private static Problem problem(Refusal refusal, Said said) {
        return switch (refusal) {
            case Refusal.JobEnded _ ->
                Problem.conflict("The job has ended", "Nothing of it can be stopped any more.");
            // One that was taken and is no job yet: nothing waits there, and nothing can be stopped.
            case Refusal.NoSuchJob _ -> said.action().equals(CANCEL) || said.action().equals(RESCHEDULE)
                    ? Problem.noSuchJob() : notWaiting();
            case Refusal.LaunchBegun _ ->
                Problem.conflict("The launch has begun", "Its start cannot be moved any more.");
            case Refusal.InvalidRequest(var violations) -> Problem.badRequest(violations);
            case Refusal.JobNotWaiting _,Refusal.DifferentRequest _ -> notWaiting();
        };
    }

    private static Problem notWaiting() {
        return Problem.conflict("The job is not waiting", "No rollback of this job waits for a decision.");
    }

    private static Said rollback(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var choice = fields.constant("decision", Choice.class);
        var reason = fields.textOrEmpty("reason", REASON_CHARACTERS_MAX);
        var userId = fields.textOrEmpty("userId", USER_CHARACTERS_MAX);
        fields.nothingElse();
        need(choice, "decision", "is needed: CONFIRM or DECLINE", found);
        refuse(found);
        return new Said("rollback.decide", String.valueOf(choice), userId,
                by -> new JobCommand.DecideRollback(choice == Choice.CONFIRM, by, reason));
    }

    private static Said cancellation(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var reason = fields.textOrEmpty("reason", REASON_CHARACTERS_MAX);
        var userId = fields.textOrEmpty("userId", USER_CHARACTERS_MAX);
        fields.nothingElse();
        need(reason.isBlank() ? null : reason, "reason", "is needed: why the job is cancelled", found);
        refuse(found);
        return new Said(CANCEL, "", userId, by -> new JobCommand.CancelJob(by, reason));
    }

    private static Said rescheduling(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var startAt = fields.textOrEmpty("startAt", TIME_CHARACTERS_MAX);
        var reason = fields.textOrEmpty("reason", REASON_CHARACTERS_MAX);
        var userId = fields.textOrEmpty("userId", USER_CHARACTERS_MAX);
        fields.nothingElse();
        need(startAt.isBlank() ? null : startAt, "startAt", "is needed: a date and a time, or now", found);
        need(reason.isBlank() ? null : reason, "reason", "is needed: why the start is moved", found);
        refuse(found);
        return new Said(RESCHEDULE, "", userId,
                by -> new JobCommand.RescheduleLaunch(startAt.equals(NOW) ? null : startAt, by, reason));
    }

    private static void need(@Nullable Object value, String field, String message, List<Violation> found) {
        if (value == null && found.stream().noneMatch(violation -> violation.field().equals(field))) {
            found.add(new Violation(field, message));
        }
    }

    private static void refuse(List<Violation> found) {
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
    }
}
