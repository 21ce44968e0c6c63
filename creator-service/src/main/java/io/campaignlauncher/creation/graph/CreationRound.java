package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.claims.Claims.Claim;
import io.campaignlauncher.creation.model.CreateResultRules;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.CreationStep;
import io.campaignlauncher.creation.model.MatchRules;
import io.campaignlauncher.creation.model.RoundPlan;
import io.campaignlauncher.creation.model.RoundProgress;
import io.campaignlauncher.creation.model.RoundReports;
import io.campaignlauncher.creation.model.SlotOutcome.Filled;
import io.campaignlauncher.creation.model.SlotOutcome;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.schemas.CreationReported;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.worker.GraphFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One claimed round from its first request to its last report: read what exists where asked to, the campaign, the branches side by
 * side, reports in order. It never tries anything again: that is the job's to decide.
 */
final class CreationRound {

    private static final int REPORTED_AT_ONCE_MAX = 200;
    /** Never reached: a slot has few outcomes in a round, and a round a few hundred slots. */
    private static final int REPORTS_WAITING_MAX = 10_000;
    private static final Duration REPORT_RETRY = Duration.ofMillis(100);
    private static final Duration REPORT_RETRY_MAX = Duration.ofSeconds(2);
    private static final Duration REPORT_CHANCE = Duration.ofSeconds(1);

    private final RoundPorts ports;
    private final CreationCommand command;
    private final Claim claim;
    private final Lease lease;
    private final Duration requestTimeout;
    private final Instant startedAt;
    private final RoundRequests requests;
    private final Queue<SlotOutcome> seen = new ConcurrentLinkedQueue<>();
    /** In no more than one report at a time: reports are made one after another. */
    private final List<SlotOutcome> reported = new ArrayList<>();
    private volatile boolean leaving;
    private volatile boolean filledSome;
    private RoundPlan known;

    /** @param askedAtNanos by the monotonic clock, before the claim was asked for */
    CreationRound(RoundPorts ports, CreationCommand command, Claim claim, Lease lease, Duration requestTimeout,
            Instant startedAt, long askedAtNanos) {
        this.ports = ports;
        this.command = command;
        this.claim = claim;
        this.lease = lease;
        this.requestTimeout = requestTimeout;
        this.startedAt = startedAt;
        this.known = RoundPlan.of(command.message(), ports.settings().mutationsPerSecond());
        this.requests = new RoundRequests(ports, command, claim, lease, requestTimeout, askedAtNanos);
    }

    /**
     * @return how the round went, once its last report is durable; an error where that could not be had in time, and then
     *     the sweep reports it
     */
    Mono<RoundProgress> run() {
        return Flux.defer(this::outcomes)
                .map(Optional::of)
                .concatWithValues(Optional.empty())
                .bufferTimeout(REPORTED_AT_ONCE_MAX, ports.settings().reportEvery(),
                        ports.time().scheduler())
                .onBackpressureBuffer(REPORTS_WAITING_MAX)
                .concatMap(this::report)
                .then(Mono.fromSupplier(requests::progress));
    }

    UUID jobId() {
        return claim.jobId();
    }

    /** Nothing that creates something is sent from now on; what is in flight is awaited and reported. */
    void stop() {
        requests.note(RoundProgress::withStopped);
    }

    /** The same as soon as the round has made or found something. */
    void leave() {
        leaving = true;
        stopWhereLeft();
    }

    private void stopWhereLeft() {
        if (leaving && filledSome) {
            stop();
        }
    }

    private Flux<SlotOutcome> outcomes() {
        if (claim.pausedFor().isPositive()) {
            requests.note(p -> p.limitedUntil(now().plus(claim.pausedFor())));
            return Flux.empty();
        }
        var refusal = requests.refusal();
        if (refusal.isPresent()) {
            return without(GraphResultMapper.known(ErrorKind.PERMANENT, refusal.get()));
        }
        return token().flatMapMany(token -> token.isPresent() ? readExisting(token.get())
                : without(GraphResultMapper.known(
                        ErrorKind.PERMANENT,
                        "credential " + command.message().getCredentialId() + " is not known to the creator")));
    }

    private Mono<Optional<AccessToken>> token() {
        return ports.tokens()
                .find(new CredentialName(command.message().getTenant(), command.message().getCredentialId()),
                        command.message().getAdAccountId())
                .map(token -> new AccessToken(token, command.message().getAdAccountId()))
                .singleOptional();
    }

    private Flux<SlotOutcome> readExisting(AccessToken token) {
        if (requests.progress().stopped()) {
            return Flux.empty();
        }
        if (!command.message().getLookFirst()) {
            return created(token);
        }
        var reads = new AccountReads(ports, requests, token);
        var campaign = Mono.defer(() -> plan().campaignId() != null ? Mono.<List<Filled>>empty()
                : reads.campaigns(command.message())
                        .map(found -> MatchRules.campaign(found, command.message().getLabel()).stream()
                                .map(ours -> new Filled(EntityType.CAMPAIGN, plan().campaign().getSlotNumber(),
                                        ours.facebookId(), true))
                                .toList()));
        var children = Mono.defer(() -> Mono.justOrEmpty(plan().campaignId()))
                .flatMap(reads::children)
                .map(found -> MatchRules.children(plan(), found.adSets(), found.ads()));
        return Flux.concat(campaign, children)
                .doOnNext(this::learn)
                .<SlotOutcome>flatMapIterable(found -> found)
                .concatWith(Flux.defer(() -> created(token)))
                .onErrorResume(AccountReads.ReadFailed.class, e -> without(faultOf(e.error())));
    }

    /** A read changes nothing, so its outcome is never unknown. A campaign found a moment ago is there. */
    private GraphFault faultOf(GraphError error) {
        var fault = GraphFault.newBuilder(GraphFaults.of(error, now())).setOutcomeUnknown(false);
        return error.objectMissing() && plan().campaignFresh() ? fault.setKind(ErrorKind.TEMPORARY).build()
                : fault.build();
    }

    private Flux<SlotOutcome> without(GraphFault fault) {
        return Flux.defer(() -> {
            var outcomes = plan().allUnfilled(fault);
            return requests.judge(outcomes).thenMany(Flux.fromIterable(outcomes));
        });
    }

    private Flux<SlotOutcome> created(AccessToken token) {
        return Flux.defer(() -> {
            var before = plan();
            requests.expect(before.mutations());
            return Flux.concat(
                    Mono.justOrEmpty(before.campaignStep()).flatMapMany(step -> sent(token, step, before)),
                    Flux.defer(() -> branches(token, plan())));
        });
    }

    /** @param before all branches need of it is the campaign, which no branch changes */
    private Flux<SlotOutcome> branches(AccessToken token, RoundPlan before) {
        if (before.campaignId() == null) {
            return Flux.empty();
        }
        var first = Flux.<CreationStep>concat(Flux.fromIterable(before.newAdSets()),
                Flux.fromIterable(before.moreAds()));
        var rest = Flux.defer(() -> Flux.fromIterable(plan().moreAds()));
        return Flux.concat(sideBySide(token, first, before), sideBySide(token, rest, before));
    }

    private Flux<SlotOutcome> sideBySide(AccessToken token, Flux<? extends CreationStep> steps, RoundPlan before) {
        return steps.flatMap(step -> sent(token, step, before), ports.settings().branchesAtOnce());
    }

    private Flux<SlotOutcome> sent(AccessToken token, CreationStep step, RoundPlan before) {
        var campaignId = before.campaignId() == null ? "" : before.campaignId();
        return requests.send(token, step, campaignId).flatMapMany(results -> {
            if (results.isEmpty()) {
                return Flux.empty();
            }
            var outcomes = CreateResultRules.outcomes(step, results.get(), before.campaignFresh());
            learn(outcomes);
            return requests.judge(outcomes).thenMany(Flux.fromIterable(outcomes));
        });
    }

    private void learn(Collection<? extends SlotOutcome> outcomes) {
        seen.addAll(outcomes);
        if (outcomes.stream().anyMatch(Filled.class::isInstance)) {
            filledSome = true;
            stopWhereLeft();
        }
    }

    /** What is still needed, all that was seen until now considered: one new plan for many outcomes. */
    private synchronized RoundPlan plan() {
        var news = new ArrayList<SlotOutcome>();
        for (var outcome = seen.poll(); outcome != null; outcome = seen.poll()) {
            news.add(outcome);
        }
        if (!news.isEmpty()) {
            known = known.with(news);
        }
        return known;
    }

    /** @param entries outcomes; an empty one at the end says that the round is over */
    private Mono<Void> report(List<Optional<SlotOutcome>> entries) {
        var outcomes = entries.stream().flatMap(Optional::stream).toList();
        reported.addAll(outcomes);
        var jobId = command.message().getJobId();
        var round = command.message().getRound();
        var report = entries.getLast().isPresent()
                ? RoundReports.notYet(jobId, round, outcomes, startedAt, requests.httpCalls())
                : RoundReports.last(jobId, round, reported, startedAt, requests.httpCalls(), requests.progress(),
                        now());
        return published(report);
    }

    /** Tried until the sweep takes over. A report that comes even later is still of use: the job refuses none. */
    private Mono<Void> published(CreationReported report) {
        return Mono.defer(() -> {
            var untilSwept = ports.time().left(lease.plus(Lease.MARGIN.plus(requestTimeout)));
            return ports.reporter().report(report.getJobId(), report, command.envelope())
                    .retryWhen(ports.time().backOff(Long.MAX_VALUE, REPORT_RETRY).maxBackoff(REPORT_RETRY_MAX))
                    .timeout(untilSwept.compareTo(REPORT_CHANCE) > 0 ? untilSwept : REPORT_CHANCE,
                            ports.time().scheduler());
        });
    }

    private Instant now() {
        return ports.time().clock().instant();
    }
}
