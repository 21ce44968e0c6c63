package io.campaignlauncher.simulation;

import io.campaignlauncher.schemas.StopCreation;
import io.campaignlauncher.simulation.engine.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The topic {@code creation.stops}: each creator reads all of it, what is there at its start before its first command. */
final class Stops {

    private static final Duration DELIVERY = Duration.ofMillis(30);
    private static final Duration LATE = Duration.ofSeconds(20);

    private final World world;
    private final List<Message> all = new ArrayList<>();

    Stops(World world) {
        this.world = world;
    }

    void append(Message message) {
        all.add(message);
        for (var creator : world.processes().creators()) {
            var late = world.faults().strikes(FaultKind.DELIVERY_LATE) ? LATE : DELIVERY;
            creator.life().after(world.random().nanosUpTo(late), () -> tell(creator, message));
        }
    }

    void catchUp(Creator creator) {
        all.forEach(message -> tell(creator, message));
    }

    /** Which job was meant is in the envelope, whatever was done to the message. */
    private void tell(Creator creator, Message message) {
        world.trace().line(creator.life().name(), message.jobId(), () -> "stops creation");
        creator.stop(UUID.fromString(((StopCreation) message.value()).getJobId()));
        world.checker().stopped(creator.life().name(), message.jobId());
    }
}
