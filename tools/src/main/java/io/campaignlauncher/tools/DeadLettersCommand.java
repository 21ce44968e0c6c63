package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.Topic;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/** The commands about dead letters. */
@Command(name = "dead-letters", synopsisSubcommandLabel = "COMMAND", description = "Lists the records that could not be read or handled, and publishes them again.", subcommands = {
    ListDeadLetters.class, RedriveDeadLetters.class })
final class DeadLettersCommand {

    @Mixin
    private final Help help = new Help();

    /** Takes the name of a topic, with or without {@code .dlt}. */
    static final class TopicName implements ITypeConverter<Topic> {

        @Override
        public Topic convert(String name) {
            return Arrays.stream(Topic.values())
                    .filter(topic -> topic.topicName().equals(name) || topic.deadLetterName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("no topic is called " + name + "; there are "
                            + String.join(", ", Arrays.stream(Topic.values()).map(Topic::topicName).toList())));
        }
    }
}
