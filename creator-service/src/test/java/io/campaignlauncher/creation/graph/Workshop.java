package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.claims.ClaimSweep;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.CreationReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.SlotFault;
import io.campaignlauncher.worker.FactReporter;
import io.campaignlauncher.worker.calls.JobCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Workers on virtual time, with a Facebook, claims and a reporter in memory. */
final class Workshop {

    final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    /** How long the machine was suspended: the calendar went on, the monotonic clock did not. */
    Duration suspended = Duration.ZERO;
    final Clock clock = ((InstantSource) () -> Instant.ofEpochSecond(0, scheduler.now(TimeUnit.NANOSECONDS))
            .plus(suspended)).withZone(ZoneOffset.UTC);
    final CreationSettings settings;
    final FakeFacebook facebook = new FakeFacebook(scheduler);
    final MemoryClaims claims;
    final List<CreationReported> reports = new ArrayList<>();
    final List<Instant> reportedAt = new ArrayList<>();
    final Map<String, String> tokens = new HashMap<>(Map.of("default", "a-token"));
    int reportFailures;
    Duration reportTakes = Duration.ZERO;
    private int workers;

    Workshop() {
        this(unpaced());
    }

    Workshop(CreationSettings settings) {
        this.settings = settings;
        this.claims = new MemoryClaims(clock, settings);
    }

    static CreationSettings unpaced() {
        return capped(0);
    }

    static CreationSettings capped(int mutationsPerSecond) {
        var d = CreationSettings.defaults();
        return new CreationSettings(d.lease(), d.requestTimeout(), d.sweepEvery(), d.reportEvery(), d.branchesAtOnce(),
                d.requestsAtOnce(), d.requestsWaitingMax(), d.commandsAtOnce(), mutationsPerSecond, d.rateLimitPause());
    }

    CreationWorker worker() {
        return new CreationWorker(facebook,
                name -> name.tenant().equals("local") ? Optional.ofNullable(tokens.get(name.id())) : Optional.empty(),
                reporter(), JobCalls.NONE, claims,
                claims,
                WorkerTime.of(clock, scheduler),
                settings,
                new SimpleMeterRegistry(), "worker-" + ++workers);
    }

    Disposable sweep() {
        return new ClaimSweep(claims, reporter(), settings.sweepEvery(), clock, scheduler).until(Mono.never())
                .subscribe();
    }

    /** Begins these commands with one worker and waits until all is quiet. */
    void carryOut(CreationCommand... commands) {
        var worker = worker();
        worker.begin(List.of(commands)).subscribe();
        pass(Duration.ofSeconds(40));
    }

    void pass(Duration time) {
        scheduler.advanceTimeBy(time);
    }

    CreationReported last() {
        return reports.getLast();
    }

    List<RoundEnd> ends() {
        return reports.stream().map(CreationReported::getEnd).filter(end -> end != RoundEnd.NOT_YET).toList();
    }

    /** Each once, as the last report tells again what those before it told. */
    List<CreatedEntity> created() {
        return reports.stream().flatMap(report -> report.getCreated().stream()).distinct().toList();
    }

    /** Each slot once. */
    List<SlotFault> failed() {
        var slots = new HashSet<>();
        return reports.stream().flatMap(report -> report.getFailed().stream())
                .filter(failed -> slots.add(List.of(failed.getEntityType(), failed.getSlotNumber())))
                .toList();
    }

    private FactReporter reporter() {
        return (String jobId, SpecificRecord fact, Envelope cause) -> Mono.defer(() -> {
            if (reportFailures > 0) {
                reportFailures--;
                return Mono.error(new IllegalStateException("the broker is away"));
            }
            var done = reportTakes.isZero() ? Mono.<Void>empty() : Mono.delay(reportTakes, scheduler).then();
            return done.doOnSuccess(_ -> {
                reports.add((CreationReported) fact);
                reportedAt.add(clock.instant());
            });
        });
    }
}
