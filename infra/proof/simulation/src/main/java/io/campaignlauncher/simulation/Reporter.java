package io.campaignlauncher.simulation;

import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulation.engine.Commits;
import io.campaignlauncher.simulation.engine.Message;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.Transactions;
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
    private final Transactions broker;

    Reporter(World world, SimulatedProcess life, Topic topic) {
        this.world = world;
        this.life = life;
        this.topic = topic;
        this.broker = new Commits(world.surroundings(), world.processes().lives(), life, LATENCY,
                new Commits.Hazards(FaultKind.REPORT_FAILED, FaultKind.REPORT_LOST_ACK, null));
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
        return broker.transaction(() -> {
            world.trace().line(life.name(), jobId, () -> "reports " + fact);
            countParts(fact);
            var envelope = new Envelope(world.nextId(), fact.getSchema().getName(), "/" + topic.topicName(), jobId,
                    world.loop().now(), null, cause.correlationId(), cause.id(), null, cause.tenant(), cause.owner());
            world.partitions().append(topic, new Message(envelope, fact));
            return envelope;
        }).then();
    }
}
