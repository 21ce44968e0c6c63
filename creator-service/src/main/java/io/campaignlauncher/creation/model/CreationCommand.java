package io.campaignlauncher.creation.model;

import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreateVariedEntities;
import io.campaignlauncher.schemas.Envelope;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A command that breaks no {@link CommandRules rule}, with what travelled beside it. */
public record CreationCommand(CreateEntities message, Envelope envelope) {

    /** @throws IllegalArgumentException for a command that breaks a rule */
    public CreationCommand {
        CommandRules.brokenBy(message).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /** What a record of the commands' topic asks for; empty: it is no command to a creator. */
    public static Optional<CreateEntities> in(SpecificRecord message) {
        return Optional.ofNullable(switch (message) {
            case CreateEntities command -> command;
            case CreateVariedEntities varied -> varied.getCommand();
            default -> null;
        });
    }

    /** The same at another place of its trace. */
    public CreationCommand within(@Nullable String traceparent) {
        return new CreationCommand(message, envelope.within(traceparent));
    }
}
