package io.campaignlauncher.job.host;

import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreateVariedEntities;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.JobCancelled;
import io.campaignlauncher.schemas.StopCreation;
import io.campaignlauncher.schemas.Topic;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * The command to creators that an event holds. A change feed publishes it beside the event, so that nothing but the
 * event has to be written.
 *
 * @param key      of its record on the topic
 * @param envelope follows from the event: the same each time the event is published
 */
public record CommandInEvent(Topic topic, String key, Envelope envelope, SpecificRecord command) {

    private static final Set<String> HOLD_ONE = Set.of(CreationRequested.getClassSchema().getName(),
            JobCancelled.getClassSchema().getName());
    private static final String ID_SUFFIX = "/command";

    /** @param eventType the name of the event's message */
    public static boolean mayBeIn(String eventType) {
        return HOLD_ONE.contains(eventType);
    }

    /** Empty for an event that holds none. */
    public static Optional<CommandInEvent> of(Envelope event, SpecificRecord message) {
        return Optional.ofNullable(switch (message) {
            case CreationRequested requested -> of(Topic.CREATION_COMMANDS, requested.getCommand().getAdAccountId(),
                    event, toCreators(requested.getCommand()));
            case JobCancelled cancelled ->
                of(Topic.CREATION_STOPS, cancelled.getJobId(), event, new StopCreation(cancelled.getJobId()));
            default -> null;
        });
    }

    private static SpecificRecord toCreators(CreateEntities command) {
        return command.getAdSetSpecs().isEmpty() && command.getAdSpecs().isEmpty() ? command
                : new CreateVariedEntities(command);
    }

    private static CommandInEvent of(Topic topic, String key, Envelope event, SpecificRecord command) {
        return new CommandInEvent(topic, key, new Envelope(event.id() + ID_SUFFIX, command.getSchema().getName(),
                event.source(), event.subject(), event.time(), null, event.correlationId(), event.id(),
                event.traceparent(), event.tenant(), event.owner()), command);
    }
}
