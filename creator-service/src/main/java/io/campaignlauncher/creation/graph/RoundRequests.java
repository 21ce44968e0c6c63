package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.claims.Claims.Claim;
import io.campaignlauncher.creation.model.CreateResult;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.CreationStep.MoreAds;
import io.campaignlauncher.creation.model.CreationStep.NewAdSet;
import io.campaignlauncher.creation.model.CreationStep.NewCampaign;
import io.campaignlauncher.creation.model.CreationStep;
import io.campaignlauncher.creation.model.RoundProgress;
import io.campaignlauncher.creation.model.SlotOutcome;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.pace.Pacer;
import io.campaignlauncher.pace.SendPermission;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.telemetry.TraceSpan;
import io.campaignlauncher.worker.calls.CalledSlots;
import io.campaignlauncher.worker.creation.GraphFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The HTTP requests of one round. Each is sent at most once, only while the round may go on, when the account's pace
 * allows it, and never after the lease: that is checked last, right before sending.
 */
final class RoundRequests {

    private static final Logger LOG = LoggerFactory.getLogger(RoundRequests.class);
    private static final String AD_SET = "adset";
    private static final Duration WITHOUT_ROOM = Duration.ofSeconds(1);

    private final RoundPorts ports;
    private final CreationCommand command;
    private final Lease lease;
    private final Duration requestTimeout;
    private final Graph graph;
    private final GraphFields fields;
    private final Pacer pacer;
    private final Permits oneAtATime = new Permits(1, Integer.MAX_VALUE);
    private final AtomicReference<RoundProgress> progress = new AtomicReference<>(RoundProgress.begun());
    private final AtomicInteger httpCalls = new AtomicInteger();
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    /** What came of one attempt to send. */
    private sealed interface Attempt {

        record Sent(List<CreateResult> results) implements Attempt {}

        record LeftOut() implements Attempt {}

        record TooLate() implements Attempt {}
    }

    RoundRequests(RoundPorts ports, CreationCommand command, Claim claim, Lease lease, Duration requestTimeout,
            long askedAtNanos) {
        this.ports = ports;
        this.command = command;
        this.lease = lease;
        this.requestTimeout = requestTimeout;
        this.graph = ports.graph().within(requestTimeout);
        this.fields = new GraphFields(command.message());
        this.pacer = new Pacer(ports.paces(), ports.time().pace(), command.message().getAdAccountId(),
                () -> ports.time().left(lease), ports.settings().mutationsPerSecond());
        pacer.add(claim.reservation(), askedAtNanos);
    }

    /** Why nothing of this round may be sent; empty where all is well. */
    Optional<String> refusal() {
        return fields.refusal();
    }

    /** The round needs so many create operations from here on. */
    void expect(int mutations) {
        pacer.expect(mutations);
    }

    RoundProgress progress() {
        return Objects.requireNonNull(progress.get());
    }

    RoundProgress note(UnaryOperator<RoundProgress> change) {
        var now = progress.updateAndGet(change);
        if (!now.mayGoOn()) {
            stopped.tryEmitEmpty();
        }
        return now;
    }

    /** Requests sent so far. */
    int httpCalls() {
        return httpCalls.get();
    }

    /** What the outcomes of one request, or of none, mean for the round. */
    Mono<Void> judge(Collection<? extends SlotOutcome> outcomes) {
        var now = now();
        var before = progress().resumeAt();
        var after = note(p -> p.after(outcomes, now, ports.settings().rateLimitPause())).resumeAt();
        return after == null || after.equals(before) ? Mono.empty() : share(Duration.between(now, after));
    }

    /**
     * Sends a step that creates something.
     *
     * @param campaignId the campaign's id; empty for the step that creates it
     * @return one result for each operation; empty where nothing was sent
     */
    Mono<Optional<List<CreateResult>>> send(AccessToken token, CreationStep step, String campaignId) {
        return Mono.defer(() -> mayGoOn() ? permission(step) : Mono.<SendPermission>empty())
                .flatMap(permission -> sendAsPermitted(permission, token, step, campaignId))
                .switchIfEmpty(Mono.fromSupplier(() -> {
                    mayGoOn();
                    return Optional.<List<CreateResult>>empty();
                }));
    }

    private Mono<Optional<List<CreateResult>>> sendAsPermitted(SendPermission permission, AccessToken token,
            CreationStep step,
            String campaignId) {
        return switch (permission) {
            case SendPermission.Deferred(var laterIn) -> {
                note(p -> p.limitedUntil(now().plus(laterIn)));
                yield Mono.just(Optional.empty());
            }
            case SendPermission.Granted granted ->
                ports.gate().through(command.message().getPriority(), () -> attempt(token, step, campaignId, granted))
                        .onErrorResume(Permits.TooManyWaiting.class, _ -> {
                            note(p -> p.limitedUntil(now().plus(WITHOUT_ROOM)));
                            return Mono.just(new Attempt.LeftOut());
                        })
                        .flatMap(attempt -> switch (attempt) {
                            case Attempt.Sent(var results) -> Mono.just(Optional.of(results));
                            case Attempt.LeftOut _ -> Mono.just(Optional.empty());
                            case Attempt.TooLate _ -> send(token, step, campaignId);
                        });
        };
    }

    /** Waits for the account's pace, but no longer than the round goes on. */
    private Mono<SendPermission> permission(CreationStep step) {
        return oneAtATime.through(() -> pacer.permission(step.mutations())).takeUntilOther(stopped.asMono());
    }

    /** Reads in one request. */
    Mono<GraphBatchAnswer> read(AccessToken token, List<GraphOperation> reads) {
        return ports.gate().through(command.message().getPriority(), () -> {
            if (ports.time().over(lease)) {
                note(RoundProgress::withLeaseOver);
                return Mono.just(unread(reads, "the time of this round was over before it had looked"));
            }
            httpCalls.incrementAndGet();
            return bounded(graph.batch(token, reads))
                    .onErrorResume(_ -> Mono.just(unread(reads, "no answer to a read")));
        }).onErrorResume(Permits.TooManyWaiting.class,
                _ -> Mono.just(unread(reads, "too many requests wait for their turn")))
                .flatMap(answer -> heed(answer.usage()).thenReturn(answer));
    }

    private Mono<Attempt> attempt(AccessToken token, CreationStep step, String campaignId,
            SendPermission.Granted granted) {
        return Mono.deferContextual(context -> {
            var operations = operations(step, campaignId);
            if (!mayGoOn()) {
                return Mono.just(new Attempt.LeftOut());
            }
            if (granted.late(ports.time().monotonicNanos().getAsLong())) {
                return Mono.just(new Attempt.TooLate());
            }
            var request = step instanceof NewCampaign
                    ? graph.post(token, operations.getFirst().path(), operations.getFirst().parameters())
                            .map(answer -> new GraphBatchAnswer(List.of(answer.result()), answer.usage()))
                    : graph.batch(token, operations);
            httpCalls.incrementAndGet();
            return bounded(new CalledSlots(slots(step)).of(request))
                    .flatMap(answer -> heed(answer.usage())
                            .thenReturn(GraphResultMapper.of(answer.results(), operations.size(), now())))
                    .onErrorResume(e -> {
                        TraceSpan.of(context).on(LOG.atWarn()).log("no answer to a create request of job {}: {}",
                                command.message().getJobId(), Reasons.of(e));
                        return Mono.empty();
                    })
                    .defaultIfEmpty(GraphResultMapper.of(List.of(), operations.size(), now()))
                    .map(Attempt.Sent::new);
        });
    }

    private boolean mayGoOn() {
        if (ports.time().over(lease)) {
            note(RoundProgress::withLeaseOver);
        }
        return note(p -> p.mayGoOn() ? p : p.leftOut()).mayGoOn();
    }

    private List<GraphOperation> operations(CreationStep step, String campaignId) {
        return switch (step) {
            case NewCampaign _ -> List.of(fields.campaign());
            case NewAdSet(var adSet, var ads) -> {
                var operations = new ArrayList<GraphOperation>();
                var parent = fields.adSet(adSet, campaignId);
                operations.add(ads.isEmpty() ? parent : parent.named(AD_SET));
                ads.forEach(ad -> operations.add(fields.ad(ad, GraphOperation.idOf(AD_SET))));
                yield operations;
            }
            case MoreAds(var ads) -> ads.stream().map(child -> fields.ad(child.ad(), child.adSetId())).toList();
        };
    }

    /** In the order of the operations. */
    private static List<SlotRef> slots(CreationStep step) {
        return switch (step) {
            case NewCampaign(var campaign) -> List.of(slot(EntityType.CAMPAIGN, campaign));
            case NewAdSet(var adSet, var ads) -> Stream.concat(Stream.of(slot(EntityType.AD_SET, adSet)),
                    ads.stream().map(ad -> slot(EntityType.AD, ad))).toList();
            case MoreAds(var ads) -> ads.stream().map(child -> slot(EntityType.AD, child.ad())).toList();
        };
    }

    private static SlotRef slot(EntityType type, PlannedEntity planned) {
        return new SlotRef(type, planned.getSlotNumber());
    }

    /**
     * The client has a time limit of its own. This one holds whatever the client does, so that nothing of a round is in
     * flight when its lease and the request time-out are over.
     */
    private <T> Mono<T> bounded(Mono<T> request) {
        return request.timeout(requestTimeout.plus(Lease.MARGIN), ports.time().scheduler());
    }

    /** Slows down or stops as the account's usage asks for. */
    private Mono<Void> heed(GraphUsage usage) {
        if (usage.full()) {
            var wait = usage.waitFor().isPositive() ? usage.waitFor() : ports.settings().rateLimitPause();
            var until = now().plus(wait);
            var before = progress().resumeAt();
            note(p -> p.pausedUntil(until));
            return before == null || before.isBefore(until) ? share(wait) : Mono.empty();
        }
        if (usage.high()) {
            pacer.slowDown();
        }
        return Mono.empty();
    }

    /** Tells everybody who sends on the account. Where that fails, Facebook's own refusals tell them. */
    private Mono<Void> share(Duration wait) {
        if (!wait.isPositive()) {
            return Mono.empty();
        }
        return ports.paces().pause(command.message().getAdAccountId(), wait)
                .onErrorResume(e -> Mono.deferContextual(context -> {
                    TraceSpan.of(context).on(LOG.atWarn()).log("cannot note the pause of {}: {}",
                            command.message().getAdAccountId(), Reasons.of(e));
                    return Mono.empty();
                }));
    }

    private static GraphBatchAnswer unread(List<GraphOperation> reads, String message) {
        GraphResult failure = new GraphResult.Failure(
                new GraphError(GraphError.Kind.TEMPORARY, false, null, null, 0, message, null, null));
        return new GraphBatchAnswer(Collections.nCopies(reads.size(), failure), GraphUsage.NONE);
    }

    private Instant now() {
        return ports.time().clock().instant();
    }
}
