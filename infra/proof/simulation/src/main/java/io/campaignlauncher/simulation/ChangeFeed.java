package io.campaignlauncher.simulation;

import io.campaignlauncher.job.host.CommandInEvent;
import io.campaignlauncher.job.messages.UndeliverableRequests;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulation.engine.LogFeed;
import io.campaignlauncher.simulation.engine.Message;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Publishes events in the order of commits; after a restart some again. One job service at a time does it. What Kafka refuses
 * for good is passed over, and a job whose request it was is told, as {@code job.feed.GivenUpRequests} does it.
 */
final class ChangeFeed {

    private static final Duration TELL_AGAIN = Duration.ofSeconds(5);

    private final World world;
    /** Ids of records that Kafka refused, and those that it took: it does not change its mind. */
    private final Map<String, Boolean> refused = new HashMap<>();
    private final LogFeed<Message> feed;
    private final Set<String> notified = new HashSet<>();

    ChangeFeed(World world) {
        this.world = world;
        this.feed = new LogFeed<>(world.surroundings(), world.processes().lives(), Processes.JOB_SERVICE,
                new LogFeed.Hazards(FaultKind.FEED_REPEATS, FaultKind.FEED_LEADER_FREEZES), () -> world.store().log(),
                this::publish);
    }

    void committed() {
        feed.committed();
    }

    void lost(SimulatedProcess life) {
        feed.lost(life);
    }

    private void publish(Message event) {
        if (isRefused(event, Topic.JOB_EVENTS)) {
            giveUp(event, Topic.JOB_EVENTS);
        } else {
            world.partitions().append(Topic.JOB_EVENTS, event);
        }
        CommandInEvent.of(event.envelope(), event.value()).ifPresent(held -> {
            if (isRefused(event, held.topic())) {
                giveUp(event, held.topic());
                return;
            }
            var message = new Message(held.envelope(), world.settings().messages().apply(held.command()));
            switch (held.topic()) {
                case CREATION_STOPS -> world.stops().append(message);
                default -> world.commands().append(message);
            }
        });
    }

    private boolean isRefused(Message event, Topic topic) {
        return refused.computeIfAbsent(topic + event.envelope().id(),
                _ -> world.faults().strikes(FaultKind.EVENT_REFUSED));
    }

    private void giveUp(Message event, Topic topic) {
        var reason = "simulated: the record is too large";
        world.trace().line("feed", event.jobId(), () -> "gives up " + event + " for " + topic);
        UndeliverableRequests.command(event.value(), topic, reason).ifPresent(command -> tell(event, command));
    }

    /** Whoever reads the log goes on from before it until the job is told. */
    private void tell(Message event, JobCommand command) {
        var life = world.processes().anyOf(Processes.JOB_SERVICE);
        var commands = List.of(new IssuedCommand(command, new Origin(event.envelope().id(), null, null)));
        world.loop().after(TELL_AGAIN, null, () -> {
            if (!notified.contains(event.envelope().id())) {
                tell(event, command);
            }
        });
        life.after(0, () -> world.processes().host(life).decide(event.jobId(), commands)
                .subscribe(_ -> notified.add(event.envelope().id()), e -> {
                    if (UndecidableJob.isBehind(e)) {
                        notified.add(event.envelope().id());
                    }
                }));
    }
}
