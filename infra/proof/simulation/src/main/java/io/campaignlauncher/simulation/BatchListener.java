package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.simulation.engine.Message;
import io.campaignlauncher.simulation.engine.Partitions;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The job service's way to listen: all records of a poll, one decision and one commit for those of a job, then the offsets; a
 * poll that failed is tried again, and the records of a job that cannot be decided are given up. As
 * {@code job.kafka.JobCommandListener} does it.
 */
final class BatchListener implements Partitions.Member {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final Duration DECISION_MAX = Duration.ofSeconds(30);

    private final World world;
    private final SimulatedProcess life;
    private final Function<Message, Mono<JobCommand>> reader;
    private final JobHost jobs;
    private boolean busy;

    BatchListener(World world, SimulatedProcess life, JobHost jobs,
            Function<Message, Mono<JobCommand>> reader) {
        this.world = world;
        this.life = life;
        this.jobs = jobs;
        this.reader = reader;
    }

    @Override
    public void wake(Partitions.Group group) {
        if (busy) {
            return;
        }
        var poll = new ArrayList<Message>();
        var ends = new HashMap<Partitions.Cursor, Integer>();
        for (var cursor : group.of(life)) {
            while (cursor.hasMore()) {
                poll.add(cursor.next());
            }
            if (cursor.position() > cursor.committed()) {
                ends.put(cursor, cursor.position());
            }
        }
        if (!poll.isEmpty()) {
            busy = true;
            handle(group, poll, ends);
        }
    }

    private void handle(Partitions.Group group, List<Message> poll, Map<Partitions.Cursor, Integer> ends) {
        var byJob = new LinkedHashMap<String, List<Message>>();
        poll.forEach(message -> byJob.computeIfAbsent(message.jobId(), _ -> new ArrayList<>()).add(message));
        Flux.fromIterable(byJob.entrySet())
                .flatMap(entry -> decide(entry.getKey(), entry.getValue()))
                .then()
                .subscribe(_ -> {}, _ -> life.after(RETRY_DELAY.toNanos(), () -> handle(group, poll, ends)),
                        () -> {
                            world.processes().step(life);
                            life.after(0, () -> commit(group, ends));
                        });
    }

    private void commit(Partitions.Group group, Map<Partitions.Cursor, Integer> ends) {
        if (world.faults().strikes(FaultKind.DELIVERED_AGAIN)) {
            world.trace().line(life.name(), "", () -> "the commit of its offsets is lost");
            world.partitions().rebalance(group);
        } else {
            ends.forEach((cursor, end) -> cursor.commit(life, end));
        }
        busy = false;
        wake(group);
    }

    private Mono<?> decide(String jobId, List<Message> messages) {
        return Flux.fromIterable(messages).flatMapSequential(this::issued).collectList()
                .flatMap(issued -> jobs.decide(jobId, issued))
                .timeout(DECISION_MAX, life)
                .onErrorResume(UndecidableJob.class, _ -> {
                    world.trace().line(life.name(), jobId, () -> "gives up " + messages);
                    world.faults().count(FaultKind.RECORDS_PARKED, messages.size());
                    return Mono.empty();
                });
    }

    private Mono<IssuedCommand> issued(Message message) {
        var envelope = message.envelope();
        return reader.apply(message)
                .map(command -> new IssuedCommand(command, new Origin(envelope.id(), envelope.correlationId(), null)));
    }
}
