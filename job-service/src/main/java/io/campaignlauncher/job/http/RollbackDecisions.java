package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges.Wish;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.JobCommand.DecideRollback;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.telemetry.TraceSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/jobs/{jobId}/rollback}: a person's answer to a proposed rollback. The same answer twice is taken twice. */
final class RollbackDecisions {

    private static final int REASON_CHARACTERS_MAX = 1_000;
    private static final int USER_CHARACTERS_MAX = 200;

    /** What a person may say. */
    enum Choice { CONFIRM, DECLINE }

    private final DecisionQueue decisions;
    private final HistoryReads reads;
    private final AuditedChanges audited;
    private final HttpSettings settings;

    RollbackDecisions(DecisionQueue decisions, HistoryReads reads, AuditedChanges audited,
            HttpSettings settings) {
        this.decisions = decisions;
        this.reads = reads;
        this.audited = audited;
        this.settings = settings;
    }

    Mono<ServerResponse> decide(ServerRequest request) {
        var jobId = PathJobId.of(request);
        return JsonBody.of(request, settings.bodyBytesMax())
                .map(RollbackDecisions::command)
                .flatMap(command -> Asking.principal(request)
                        .delayUntil(asking -> Blocking
                                .run(() -> reads.requireKnown(jobId, Visibility.of(asking))))
                        .map(asking -> decidedBy(asking, command)))
                .flatMap(command -> audited.make(request, wish(jobId, command), Mono.deferContextual(
                        context -> decide(jobId, command, TraceSpan.of(context), request).then())))
                .then(Mono.defer(() -> {
                    var answer = new LinkedHashMap<String, Object>();
                    answer.put("jobId", jobId);
                    return Responses.accepted(answer, null);
                }));
    }

    /** Why somebody decides so is in the job's own history. */
    private static Wish wish(UUID jobId, DecideRollback command) {
        return new Wish("rollback.decide", jobId.toString(), (command.confirmed() ? Choice.CONFIRM : Choice.DECLINE)
                + (command.userId().isEmpty() ? "" : ", for " + command.userId()));
    }

    /** The rollback continues the caller's trace; where the caller sends none, it stays in the job's. */
    private static boolean bringsTrace(ServerRequest request, TraceSpan span) {
        var traceId = span.traceId();
        return traceId != null
                && request.headers().header(TraceSpan.TRACEPARENT).stream().anyMatch(given -> given.contains(traceId));
    }

    private Mono<Decision> decide(UUID jobId, DecideRollback command, TraceSpan asking, ServerRequest request) {
        var id = jobId.toString();
        var span = asking.about(id, id);
        var origin = bringsTrace(request, span) ? new Origin(null, null, span.traceparent()) : Origin.JOB;
        return decisions.decide(id, command, origin, span, "The decision could not be taken down; send it again.")
                .flatMap(decision -> switch (decision) {
                    case Decision.Accepted _ -> Mono.just(decision);
                    // One that was taken and is no job yet does not wait either.
                    case Decision.Refused _ -> Mono.error(notWaiting());
                });
    }

    private static Problem notWaiting() {
        return Problem.conflict("The job is not waiting", "No rollback of this job waits for a decision.");
    }

    /** Whoever shows who they are decides as nobody else; who sits at the machine says for whom. */
    private static DecideRollback decidedBy(Principal asking, DecideRollback command) {
        if (asking.means() instanceof Principal.ThisMachine) {
            return command;
        }
        if (!command.userId().isEmpty() && !command.userId().equals(asking.subject())) {
            throw Problem.forbidden("userId", "must be your own id: you may decide for nobody else");
        }
        return new DecideRollback(command.confirmed(), asking.subject(), command.reason());
    }

    private static DecideRollback command(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var choice = fields.constant("decision", Choice.class);
        var reason = fields.textOrEmpty("reason", REASON_CHARACTERS_MAX);
        var userId = fields.textOrEmpty("userId", USER_CHARACTERS_MAX);
        fields.nothingElse();
        if (choice == null && found.stream().noneMatch(violation -> violation.field().equals("decision"))) {
            found.add(new Violation("decision", "is needed: CONFIRM or DECLINE"));
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return new DecideRollback(choice == Choice.CONFIRM, userId, reason);
    }
}
