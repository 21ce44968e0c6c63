package io.campaignlauncher.job.host;

import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.Envelope;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * The command to a creator that an event holds. A change feed publishes it beside the event, so that nothing but the event has to
 * be written.
 *
 * @param envelope follows from the event: the same each time the event is published
 */
public record CommandInEvent(Envelope envelope, CreateEntities command) {

    private static final String HOLDS_ONE = CreationRequested.getClassSchema().getName();
    private static final String ID_SUFFIX = "/command";

    /** @param eventType the name of the event's message */
    public static boolean mayBeIn(String eventType) {
        return HOLDS_ONE.equals(eventType);
    }

    /** Empty for an event that holds none. */
    public static Optional<CommandInEvent> of(Envelope event, SpecificRecord message) {
        return message instanceof CreationRequested requested
                ? Optional.of(new CommandInEvent(envelope(event, requested.getCommand()), requested.getCommand()))
                : Optional.empty();
    }

    private static Envelope envelope(Envelope event, CreateEntities command) {
        return new Envelope(event.id() + ID_SUFFIX, command.getSchema().getName(), event.source(), event.subject(),
                event.time(), null, event.correlationId(), event.id(), event.traceparent(), event.tenant(),
                event.owner());
    }
}
