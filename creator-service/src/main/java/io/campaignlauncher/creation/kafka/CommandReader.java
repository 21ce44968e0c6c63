package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of {@code creation.commands}. */
final class CommandReader {

    private final LaunchRecords records;

    CommandReader(LaunchRecords records) {
        this.records = records;
    }

    /** @throws UnreadableRecord for what is no command, or breaks a rule of commands */
    CreationCommand read(ConsumerRecord<String, byte[]> record) {
        return records.read(record, CommandReader::command);
    }

    private static CreationCommand command(LaunchRecords.Received received) {
        var message = CreationCommand.in(received.message()).orElseThrow(() -> new UnreadableRecord(
                "a " + received.envelope().type() + " is no command to a creator", null));
        try {
            return new CreationCommand(message, received.envelope());
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecord(Objects.requireNonNullElseGet(e.getMessage(), e::toString), e);
        }
    }
}
