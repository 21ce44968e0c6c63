package io.campaignlauncher.rollback.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.PageSizes;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.TokenLookup;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.rollback.model.Candidate;
import io.campaignlauncher.rollback.model.DeletionPlan;
import io.campaignlauncher.rollback.model.EntityState;
import io.campaignlauncher.rollback.model.Ownership;
import io.campaignlauncher.rollback.model.PassResult;
import io.campaignlauncher.rollback.model.SnapshotReports;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphCallPurpose;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.telemetry.TraceSpan;
import io.campaignlauncher.worker.FactReporter;
import io.campaignlauncher.worker.GraphFaults;
import io.campaignlauncher.worker.calls.CalledFor;
import io.campaignlauncher.worker.calls.JobCalls;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes what a job asks to have deleted, in one pass: read, keep the contents, delete, report. Nothing is deleted before the
 * snapshots of this pass are durable, and nothing that is not the job's is deleted at all. It waits for no retry: what stays
 * is reported, and the job decides when to ask again. Any message may come twice, and a pass may be cut short anywhere.
 */
public final class Rollback {

    /** The messages of {@code job.events} that are for the rollback service. */
    public static final Set<String> MESSAGES = Set.of(DeletionRequested.getClassSchema().getName());

    private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

    private final Graph graph;
    private final TokenLookup tokens;
    private final FactReporter reporter;
    private final JobCalls calls;
    private final AccountPaces paces;
    private final Clock clock;
    private final PaceTime time;
    private final RollbackSettings settings;
    private final PageSizes pageSizes = new PageSizes();

    /** What one pass works with. */
    private record PassTools(AccessToken token, EntityDiscovery discovery, ContentReader contents, Deletion deletion) {}

    /**
     * @param paces what is shared with creators; where they fail, the message has to be handled again
     * @param time  for the wait for a credential and for permission to delete
     */
    public Rollback(Graph graph, AccessTokens tokens, FactReporter reporter, JobCalls calls,
            AccountPaces paces, Clock clock, PaceTime time, RollbackSettings settings) {
        this.graph = graph;
        this.tokens = new TokenLookup(tokens, settings.credentialPatience(), time.scheduler());
        this.reporter = reporter;
        this.calls = calls;
        this.paces = paces;
        this.clock = clock;
        this.time = time;
        this.settings = settings;
    }

    /** Completes when everything is reported durably; an error means that the message has to be handled again. */
    public Mono<Void> handle(LaunchRecords.Received received) {
        return received.message() instanceof DeletionRequested request
                ? calls.noted(new CalledFor(request.getJobId(), GraphCallPurpose.LOOK, GraphCallPurpose.DELETE,
                        request.getPass(), received.envelope()), pass(request, received.envelope()))
                        .flatMap(report -> reporter.report(request.getJobId(), report, received.envelope()))
                : Mono.empty();
    }

    private Mono<DeletionReported> pass(DeletionRequested request, Envelope cause) {
        return Mono.deferContextual(
                context -> tokens
                        .find(new CredentialName(request.getTenant(), request.getCredentialId()),
                                request.getAdAccountId())
                        .map(token -> new AccessToken(token, request.getAdAccountId()))
                        .flatMap(token -> request.getReason() == DeletionReason.UNKNOWN
                                ? Mono.just(notRead(request, permanent("a reason to delete that is not known here"), 0))
                                : unlessPaused(token, request, cause))
                        .switchIfEmpty(Mono.fromSupplier(() -> notRead(request,
                                permanent("credential " + request.getCredentialId() + " is not known"), 0)))
                        .doOnNext(report -> TraceSpan.of(context).on(LOG.atInfo())
                                .log("Job {}, pass {} of deletion: {} found, {} gone, {} left, {} for later, {}",
                                        report.getJobId(),
                                        report.getPass(), report.getFound(), report.getDeleted().size(),
                                        report.getFailed().size(), report.getLeftOut(), report.getEnd())));
    }

    private Mono<DeletionReported> unlessPaused(AccessToken token, DeletionRequested request, Envelope cause) {
        var account = new SharedAccount(graph, paces, time, clock, settings, request.getAdAccountId());
        var reads = new GraphReads(account::send, settings.pagesMax(), pageSizes);
        var contents = new ContentReader(reads, clock);
        var tools = new PassTools(token, new EntityDiscovery(reads), contents,
                new Deletion(account, contents, clock, settings));
        return account.pause()
                .map(pause -> notRead(request, pause, 0))
                .switchIfEmpty(Mono.defer(() -> request.getReason() == DeletionReason.SURPLUS
                        ? exactly(tools, request, cause)
                        : everything(tools, request, cause)));
    }

    private Mono<DeletionReported> everything(PassTools tools, DeletionRequested request, Envelope cause) {
        return Mono.defer(() -> {
            var readAt = clock.instant();
            return tools.discovery.of(tools.token, request, new Ownership(request)).flatMap(discovered -> {
                var faults = discovered.errors().stream().map(one -> GraphFaults.of(one, clock.instant())).toList();
                if (!faults.isEmpty()) {
                    return Mono.just(notRead(request, worst(faults), discovered.httpCalls()));
                }
                var ours = discovered.candidates().stream().filter(Candidate::ours).map(Candidate::entity).toList();
                return tools.contents.read(tools.token, ours, request.getLabel()).flatMap(read -> {
                    var calls = discovered.httpCalls() + read.httpCalls();
                    var fault = limitOf(read.states()).or(() -> closed(discovered, read.states()));
                    return fault.isPresent()
                            ? Mono.just(notRead(request, fault.get(), calls))
                            : carryOut(tools, request, cause,
                                    DeletionPlan.rollback(discovered.candidates(), read.states(),
                                            settings.deletionsMax()),
                                    readAt, calls);
                });
            });
        });
    }

    /** What is named, with what is the job's below it; nothing that holds somebody else's work. */
    private Mono<DeletionReported> exactly(PassTools tools, DeletionRequested request, Envelope cause) {
        return Mono.defer(() -> {
            var readAt = clock.instant();
            var ownership = new Ownership(request);
            return tools.discovery.below(tools.token, ownership.known(), ownership).flatMap(below -> {
                var faults = below.errors().stream().map(one -> GraphFaults.of(one, clock.instant())).toList();
                if (!faults.isEmpty()) {
                    return Mono.just(notRead(request, worst(faults), below.httpCalls()));
                }
                var ours = Stream.concat(ownership.known().stream(),
                        below.candidates().stream().filter(Candidate::ours).map(Candidate::entity)).distinct().toList();
                return tools.contents.read(tools.token, ours, request.getLabel()).flatMap(read -> {
                    var calls = below.httpCalls() + read.httpCalls();
                    var fault = limitOf(read.states()).or(() -> closed(below, read.states()));
                    return fault.isPresent()
                            ? Mono.just(notRead(request, fault.get(), calls))
                            : carryOut(tools, request, cause,
                                    DeletionPlan.surplus(ownership.known(), below.candidates(), read.states(),
                                            settings.deletionsMax()),
                                    readAt, calls);
                });
            });
        });
    }

    private Mono<DeletionReported> carryOut(PassTools tools, DeletionRequested request, Envelope cause,
            DeletionPlan plan, Instant readAt, int callsSoFar) {
        return Flux.fromIterable(SnapshotReports.of(request.getJobId(), request.getPass(), plan.snapshots()))
                .concatMap(snapshots -> reporter.report(request.getJobId(), snapshots, cause))
                .then(Mono.defer(() -> tools.deletion.of(tools.token, plan.phases(), request.getLabel())))
                .map(answer -> answer.result().report(request, plan, readAt, callsSoFar + answer.httpCalls()));
    }

    private DeletionReported notRead(DeletionRequested request, GraphFault fault, int httpCalls) {
        return PassResult.notRead(request, fault, clock.instant().plus(settings.limitPause()), httpCalls);
    }

    /** A limited account is left alone at once: whatever was read, nothing more is sent. */
    private static Optional<GraphFault> limitOf(Map<String, EntityState> states) {
        return states.values().stream()
                .filter(EntityState.Unreadable.class::isInstance)
                .map(state -> ((EntityState.Unreadable) state).fault())
                .filter(fault -> fault.getKind() == ErrorKind.RATE_LIMIT)
                .findFirst();
    }

    /** A campaign that exists could not be read: what is in it is not known. */
    private static Optional<GraphFault> closed(EntityDiscovery.DiscoveryResult discovered,
            Map<String, EntityState> states) {
        return discovered.unopened().stream()
                .filter(id -> states.get(id) instanceof EntityState.Present)
                .findFirst()
                .map(id -> GraphFault.newBuilder()
                        .setKind(ErrorKind.TEMPORARY)
                        .setMessage("Campaign " + id + " exists but could not be looked into.")
                        .build());
    }

    private static GraphFault worst(List<GraphFault> faults) {
        return faults.stream().filter(fault -> fault.getKind() == ErrorKind.RATE_LIMIT).findFirst()
                .orElse(faults.getFirst());
    }

    private static GraphFault permanent(String message) {
        return GraphFault.newBuilder().setKind(ErrorKind.PERMANENT).setMessage(message).build();
    }
}
