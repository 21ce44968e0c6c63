package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.Awaited;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulation.engine.Message;
import java.time.Duration;
import java.util.List;

/** Who asks for launches, some of them twice, and who answers when a rollback is proposed, some of them twice. */
final class Users {

    private static final Duration ORDERS_WITHIN = Duration.ofSeconds(20);
    private static final Duration AGAIN_WITHIN = Duration.ofMinutes(8);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(4);

    private final World world;

    Users(World world) {
        this.world = world;
    }

    void begin() {
        for (var order : world.orders()) {
            world.loop().after(world.random().upTo(ORDERS_WITHIN), null, () -> request(order));
            if (world.faults().strikes(FaultKind.REQUESTED_TWICE)) {
                world.loop().after(world.random().upTo(AGAIN_WITHIN), null, () -> request(order));
            }
        }
    }

    private void request(Order order) {
        world.trace().line("user", order.jobId(), () -> "asks for " + order.shortName() + ": " + order.request());
        world.partitions().append(Topic.CAMPAIGN_COMMANDS, new Message(new Envelope("request-" + order.shortName(),
                "CreateCampaign", "/upstream", order.jobId(), world.loop().now(), null, order.jobId(), null, null),
                order.request()));
    }

    void ask(String jobId) {
        world.loop().after(world.random().upTo(ANSWER_WITHIN), null, () -> answer(jobId));
        if (world.faults().strikes(FaultKind.DECIDED_TWICE)) {
            world.loop().after(world.random().upTo(ANSWER_WITHIN), null, () -> answer(jobId));
        }
    }

    private void answer(String jobId) {
        var command = new JobCommand.DecideRollback(world.random().chance(0.5), "u-9", "because");
        var life = world.processes().anyOf(Processes.JOB_SERVICE);
        world.trace().line("user", jobId, () -> "says of the rollback: " + command);
        life.after(0, () -> world.processes().host(life).decide(jobId, List.of(new IssuedCommand(command, Origin.JOB)))
                .subscribe(_ -> {}, _ -> {}));
        world.loop().after(Duration.ofSeconds(30), null, () -> {
            if (world.store().state(jobId).awaited() == Awaited.PERSON) {
                answer(jobId);
            }
        });
    }
}
