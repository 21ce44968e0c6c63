package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.claims.Claims.Claim;
import io.campaignlauncher.creation.claims.Claims.Finished;
import io.campaignlauncher.creation.claims.Claims.Wanted;
import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.creation.claims.FinishedRounds;
import io.campaignlauncher.creation.model.CommandRules;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.creation.model.RoundLimits;
import io.campaignlauncher.creation.model.RoundPlan;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.PageSizes;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.messaging.TokenLookup;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.schemas.GraphCallPurpose;
import io.campaignlauncher.telemetry.TraceSpan;
import io.campaignlauncher.worker.FactReporter;
import io.campaignlauncher.worker.calls.CalledFor;
import io.campaignlauncher.worker.calls.JobCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Carries out creation commands: claims them, and works on what it won. A claim is durable before the first request goes
 * to Facebook; a command whose claim is somebody else's is left alone.
 *
 * <p>Safe for use by several threads. Disposing of it drops everything at once, as the death of its process would.
 */
public final class CreationWorker implements Disposable {

    private static final Logger LOG = LoggerFactory.getLogger(CreationWorker.class);
    /** How long a job stays stopped: far beyond the validity of any command, whatever it is set to. */
    public static final Duration KEEP_STOPPED = Duration.ofDays(1);

    private static final int CLAIM_RETRIES = 4;
    private static final Duration CLAIM_RETRY = Duration.ofMillis(100);

    private final RoundPorts ports;
    private final JobCalls calls;
    private final FinishedRounds finished;
    private final WorkerMeters meters;
    private final String workerId;
    private final AtomicLong claimAttempts = new AtomicLong();
    private final AtomicInteger inProgress = new AtomicInteger();
    private final Disposable.Composite rounds = Disposables.composite();
    private final Set<CreationRound> underWay = ConcurrentHashMap.newKeySet();
    private final StoppedJobs stopped;
    private volatile boolean leaving;

    private record ClaimsWon(long askedAtNanos, Instant askedAt, List<Claim> won) {}

    /** @param workerId differs from that of every other worker, past or present */
    public CreationWorker(Graph graph, AccessTokens tokens, FactReporter reporter, JobCalls calls,
            Claims claims, AccountPaces paces, WorkerTime time,
            CreationSettings settings, MeterRegistry registry, String workerId) {
        this.ports = new RoundPorts(graph, new TokenLookup(tokens, TokenLookup.PATIENCE, time.scheduler()), reporter,
                claims, paces, time, settings,
                new Permits(settings.requestsAtOnce(), settings.requestsWaitingMax(), time.monotonicNanos()),
                new PageSizes());
        this.calls = calls;
        this.finished = new FinishedRounds(claims, time.scheduler(), time.jitter());
        this.meters = new WorkerMeters(registry, inProgress);
        this.workerId = workerId;
        this.stopped = new StoppedJobs(time.monotonicNanos(), KEEP_STOPPED);
    }

    /**
     * Claims these commands and begins with those it won, the most urgent first.
     *
     * @return completes when the claims are durable: from then on the commands need not be delivered again. An error
     *     means that nothing was begun
     */
    public Mono<Void> begin(Collection<CreationCommand> commands) {
        return Mono.defer(() -> {
            var latest = latestOfEachJob(commands);
            if (latest.isEmpty()) {
                return Mono.empty();
            }
            var claimant = workerId + "/" + claimAttempts.incrementAndGet();
            var wanted = latest.values().stream().map(this::wanted).toList();
            return claim(claimant, wanted)
                    .retryWhen(ports.time().backOff(CLAIM_RETRIES, CLAIM_RETRY))
                    .publishOn(ports.time().scheduler())
                    .doOnNext(claims -> start(latest, claims))
                    .then();
        });
    }

    /**
     * No request that creates something of this job is sent from now on. Its round under way ends with what is in
     * flight; one that is claimed later ends without a request.
     */
    public void stop(UUID jobId) {
        stopped.add(jobId);
        underWay.stream().filter(round -> round.jobId().equals(jobId)).forEach(CreationRound::stop);
    }

    /**
     * This worker is to go: rounds under way end with what is in flight, and what they leave is another worker's at once. A round of
     * which nothing is made yet goes on until something is: to end it with nothing would look like a failure.
     */
    public void leave() {
        leaving = true;
        underWay.forEach(CreationRound::leave);
    }

    /** Completes where commands could be claimed now; else fails. */
    public Mono<Void> claimsReachable() {
        return ports.claims().reachable();
    }

    /** Rounds that were begun and are not over. */
    public int roundsInProgress() {
        return inProgress.get();
    }

    /** Ends what was reported so far; call it when no round is in progress. */
    public Mono<Void> drain() {
        return finished.drain();
    }

    @Override
    public void dispose() {
        rounds.dispose();
        finished.dispose();
    }

    /** The clock is read anew for each attempt, and before it: a lease must not begin later than its claim. */
    private Mono<ClaimsWon> claim(String claimant, List<Wanted> wanted) {
        return Mono.defer(() -> {
            var nanos = ports.time().monotonicNanos().getAsLong();
            var at = ports.time().clock().instant();
            return ports.claims().claim(claimant, wanted).map(won -> new ClaimsWon(nanos, at, won));
        });
    }

    private void start(Map<UUID, CreationCommand> commands, ClaimsWon claims) {
        meters.claimed(claims.won().size(), commands.size());
        claims.won().stream()
                .sorted(Comparator.comparingInt((Claim claim) -> claimed(commands, claim).message().getPriority())
                        .reversed())
                .forEach(claim -> start(claimed(commands, claim), claim, claims));
    }

    private void start(CreationCommand command, Claim claim, ClaimsWon claims) {
        var subscription = Disposables.swap();
        if (!rounds.add(subscription)) {
            return;
        }
        inProgress.incrementAndGet();
        var envelope = command.envelope();
        meters.begun(Duration.between(envelope.time(), claims.askedAt()));
        var span = TraceSpan.begin("creation round", SpanKind.CONSUMER, envelope.traceparent())
                .about(envelope.subject(), envelope.correlationId());
        var limits = RoundLimits.of(command.message(), ports.settings());
        var lease = Lease.begun(claims.askedAtNanos(), claims.askedAt(), limits.lease());
        var traced = command.within(span.traceparent());
        var round = new CreationRound(ports, traced, claim, lease, limits.requestTimeout(), claims.askedAt(),
                claims.askedAtNanos());
        // In this order: a stop that comes between the two finds it.
        underWay.add(round);
        if (stopped.has(claim.jobId())) {
            round.stop();
        }
        if (leaving) {
            round.leave();
        }
        subscription.update(span
                .around(calls.noted(new CalledFor(claim.jobId().toString(), GraphCallPurpose.LOOK,
                        GraphCallPurpose.CREATE, claim.round(), traced.envelope()), round.run()))
                .doFinally(_ -> {
                    inProgress.decrementAndGet();
                    underWay.remove(round);
                    rounds.remove(subscription);
                })
                .subscribe(
                        progress -> {
                            var took = Duration.between(claims.askedAt(), ports.time().clock().instant());
                            span.on(LOG.atInfo()).log("Job {}, creation round {}: {} ms", claim.jobId(), claim.round(),
                                    took.toMillis());
                            finished.add(new Finished(claim.jobId(), claim.round()));
                            meters.ended(progress, took);
                        },
                        e -> span.on(LOG.atWarn()).log("round {} of job {} is left to the sweep: {}", claim.round(),
                                claim.jobId(), Reasons.of(e))));
    }

    private Wanted wanted(CreationCommand command) {
        var message = command.message();
        // How much a round that reads first has to create is known after its reads: it reserves then.
        var mutations = message.getLookFirst() ? 0
                : RoundPlan.of(message, ports.settings().mutationsPerSecond()).mutations();
        return new Wanted(CommandRules.jobId(message), message.getRound(), message.getAdAccountId(),
                message.getNotAfter(), RoundLimits.of(message, ports.settings()), mutations,
                command.envelope());
    }

    private static Map<UUID, CreationCommand> latestOfEachJob(Collection<CreationCommand> commands) {
        var latest = new LinkedHashMap<UUID, CreationCommand>();
        for (var command : commands) {
            latest.merge(CommandRules.jobId(command.message()), command,
                    (one, other) -> other.message().getRound() > one.message().getRound() ? other : one);
        }
        return latest;
    }

    /** The command that the claim was asked for with. */
    private static CreationCommand claimed(Map<UUID, CreationCommand> commands, Claim claim) {
        return Objects.requireNonNull(commands.get(claim.jobId()));
    }
}
