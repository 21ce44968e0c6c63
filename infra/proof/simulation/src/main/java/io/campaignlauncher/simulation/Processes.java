package io.campaignlauncher.simulation;

import io.campaignlauncher.graph.GraphCircuitBreaker;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.job.messages.ReportMessages;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.TokenLookup;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.OwnPaces;
import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.pace.SharedOrOwnPaces;
import io.campaignlauncher.rollback.graph.Rollback;
import io.campaignlauncher.rollback.graph.RollbackSettings;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulation.engine.FaultSchedule;
import io.campaignlauncher.simulation.engine.Lives;
import io.campaignlauncher.simulation.engine.Partitions;
import io.campaignlauncher.simulation.engine.SeededRandom;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.TopicReader;
import io.campaignlauncher.verification.graph.Verifier;
import io.campaignlauncher.verification.graph.VerifierSettings;
import io.campaignlauncher.worker.calls.JobCalls;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** What the processes of every service run: the real code. */
final class Processes implements Lives.Watcher {

    static final String JOB_SERVICE = "job-service";
    static final String CREATOR = "creator";
    static final String VERIFIER = "verifier";
    static final String ROLLBACK = "rollback";

    /** Measures nothing. */
    static final MeterRegistry METERS = new CompositeMeterRegistry();

    private static final GraphSettings GRAPH = GraphSettings.towards(URI.create("https://graph.example"));

    private final World world;
    private final FaultSchedule faults;
    private final SeededRandom random;
    private final Lives lives;
    private final Map<SimulatedProcess, JobHost> hosts = new HashMap<>();
    private final Map<SimulatedProcess, Creator> creators = new LinkedHashMap<>();
    private final Partitions.Group requests;
    private final Partitions.Group reports;
    private final Partitions.Group verifications;
    private final Partitions.Group deletions;

    Processes(World world, Lives lives) {
        this.lives = lives;
        this.world = world;
        this.faults = world.faults();
        this.random = world.random();
        for (var service : List.of(JOB_SERVICE, CREATOR, VERIFIER, ROLLBACK)) {
            int processes = service.equals(CREATOR) || service.equals(JOB_SERVICE) ? 2 : random.between(1, 2);
            lives.add(service, processes);
        }
        this.requests = group(JOB_SERVICE, Topic.CAMPAIGN_COMMANDS);
        this.reports = group(JOB_SERVICE, Topic.CREATION_EVENTS, Topic.VERIFICATION_EVENTS, Topic.ROLLBACK_EVENTS);
        this.verifications = group(VERIFIER, Topic.JOB_EVENTS);
        this.deletions = group(ROLLBACK, Topic.JOB_EVENTS);
    }

    private Partitions.Group group(String service, Topic... topics) {
        return world.partitions().group(service, () -> anyOf(service), topics);
    }

    @Override
    public void starts(String service, SimulatedProcess life) {
        switch (service) {
            case JOB_SERVICE -> startJobService(life);
            case CREATOR -> {
                var creator = new Creator(world, life, timeout -> graph(life).within(timeout));
                creators.put(life, creator);
                world.stops().catchUp(creator);
                creator.take();
            }
            case VERIFIER -> verifications.join(life,
                    new TopicReader(lives, world.partitions(), life, Verifier.MESSAGES,
                            new Verifier(graph(life), world.tokens().ofOneProcess(), new Reporter(world, life,
                                    Topic.VERIFICATION_EVENTS), JobCalls.NONE, life.clock(), life,
                                    ownSettings(VerifierSettings.DEFAULT))::handle,
                            (_, _) -> {}));
            case ROLLBACK -> deletions.join(life, new TopicReader(lives, world.partitions(), life, Rollback.MESSAGES,
                    new Rollback(graph(life), world.tokens().ofOneProcess(), new Reporter(world, life,
                            Topic.ROLLBACK_EVENTS), JobCalls.NONE, paces(life), life.clock(), PaceTime.of(life),
                            ownSettings(RollbackSettings.atPace(
                                    world.settings().creation().mutationsPerSecond())))::handle,
                    (_, _) -> {}));
            default -> throw new IllegalArgumentException(service);
        }
    }

    /** What a rollback shares with creators, and what it does where it cannot ask. */
    private AccountPaces paces(SimulatedProcess life) {
        var shared = world.settings().paces().apply(new WorkerPaces(world.statements(life), world.claimTables()));
        var own = new UnsharedPaces(world.checker(),
                new OwnPaces(life.clock(), world.settings().creation().mutationsPerSecond()));
        return new SharedOrOwnPaces(shared, own, life.clock(), life);
    }

    /** Records that have room for little, so that a few entities are too many for one. */
    private VerifierSettings ownSettings(VerifierSettings d) {
        return new VerifierSettings(d.limits(), d.credentialPatience(), d.pagesMax(),
                world.ownSettings().oneOf(1, 4, d.surplusMax()));
    }

    private RollbackSettings ownSettings(RollbackSettings d) {
        return new RollbackSettings(d.credentialPatience(), d.limitPause(), d.deletionsPerSecond(), d.pagesMax(),
                world.ownSettings().oneOf(3, d.deletionsMax(), d.deletionsMax()));
    }

    private void startJobService(SimulatedProcess life) {
        var host = host(life);
        var tokens = new TokenLookup(world.tokens().ofOneProcess(), TokenLookup.PATIENCE, life);
        requests.join(life, new BatchListener(world, life, host, message -> {
            var request = LaunchRequests.fromCommand((CreateCampaign) message.value());
            return tokens.find(new CredentialName(request.ownership().tenant(), request.credentialId()),
                    request.adAccountId()).hasElement()
                    .map(known -> new JobCommand.AcceptJob(
                            message.jobId(), request, RequestFingerprint.of(request), PriorAcceptance.NONE,
                            known ? List.of() : List.of(new Violation("credentialId", "is not known"))));
        }));
        reports.join(life, new BatchListener(world, life, host,
                message -> Mono.just(ReportMessages.command(message.value()))));
    }

    /** The real client of one process, with its real circuit breaker by the clock of its machine. */
    private HttpGraph graph(SimulatedProcess life) {
        var breaker = GraphCircuitBreaker.create(life.clock());
        breaker.getEventPublisher().onStateTransition(event -> {
            world.trace().line(life.name(), "", () -> "circuit: " + event.getStateTransition());
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                faults.count(FaultKind.CIRCUIT_OPENED, 1);
            }
        });
        return new HttpGraph(request -> world.facebook().exchange(request), GRAPH, breaker, METERS);
    }

    JobHost host(SimulatedProcess life) {
        return hosts.computeIfAbsent(life, _ -> new JobHost(world, life));
    }

    List<Creator> creators() {
        return List.copyOf(creators.values());
    }

    Lives lives() {
        return lives;
    }

    SimulatedProcess anyOf(String service) {
        return lives.anyOf(service);
    }

    void step(SimulatedProcess life) {
        lives.step(life);
    }

    @Override
    public void died(SimulatedProcess life) {
        world.partitions().lost(life);
        world.commands().lost(life);
        world.feed().lost(life);
        creators.remove(life);
        hosts.remove(life);
    }

    @Override
    public void silent(SimulatedProcess life) {
        world.partitions().lost(life);
        world.feed().lost(life);
    }
}
