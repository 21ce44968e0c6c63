package io.campaignlauncher.simulation;

import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.worker.FactReporter;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

/** A process's producer: a report may fail, be written although it seemed to fail, or both be cut off by a crash. */
final class Reporter implements FactReporter {

    private static final Duration LATENCY = Duration.ofMillis(5);

    private final World world;
    private final SimulatedProcess life;
    private final Topic topic;

    Reporter(World world, SimulatedProcess life, Topic topic) {
        this.world = world;
        this.life = life;
        this.topic = topic;
    }

    private void countParts(SpecificRecord fact) {
        if (fact instanceof PostVerificationReported report && report.getUnknownLeftOut() > 0) {
            world.faults().count(FaultKind.LISTED_IN_PART, 1);
        }
        if (fact instanceof DeletionReported report && report.getLeftOut() > 0) {
            world.faults().count(FaultKind.DELETED_IN_PART, 1);
        }
    }

    @Override
    public Mono<Void> report(String jobId, SpecificRecord said, Envelope cause) {
        var fact = EventStore.asRead(world.settings().messages().apply(said));
        return Mono.create(sink -> {
            world.processes().step(life);
            life.after(world.random().nanosUpTo(LATENCY), () -> {
                if (world.faults().strikes(FaultKind.REPORT_FAILED)) {
                    sink.error(new IllegalStateException("simulated: the broker did not take the report"));
                    return;
                }
                world.trace().line(life.name(), jobId, () -> "reports " + fact);
                countParts(fact);
                world.partitions().append(topic, new Message(new Envelope(world.nextId(), fact.getSchema().getName(),
                        "/" + topic.topicName(), jobId, world.loop().now(), null, cause.correlationId(), cause.id(),
                        null, cause.tenant(), cause.owner()), fact));
                world.processes().step(life);
                life.after(world.random().nanosUpTo(LATENCY), () -> {
                    if (world.faults().strikes(FaultKind.REPORT_LOST_ACK)) {
                        sink.error(new IllegalStateException("simulated: the broker's answer was lost"));
                    } else {
                        sink.success();
                    }
                });
            });
        });
    }
}
