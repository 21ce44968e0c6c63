package io.campaignlauncher.tools;

import io.campaignlauncher.messaging.letters.DeadLetter;
import io.campaignlauncher.messaging.letters.Redrive;
import io.campaignlauncher.messaging.letters.RedriveOvertaken;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.events.OperationRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes dead letters on the topic they came from. One that was redriven already is left alone unless told otherwise. */
@Command(name = "redrive", description = {
    "Publishes dead letters again on the topic they came from: bytes, key and headers as they were.",
    "Whoever could not handle a record then handles it again, or it comes back as a new dead letter." })
final class RedriveDeadLetters implements Callable<Integer> {

    private static final int AT_ONCE_MAX = 100;

    /** Which ones. */
    static final class Selection {

        @Option(names = "--offset", required = true, description = "The one at this offset of the .dlt.")
        private @Nullable Long offset;

        @Option(names = "--all", required = true, description = "Every one that was not redriven yet.")
        private boolean all;
    }

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaConnection connection = new KafkaConnection();

    @Option(names = "--topic", required = true, converter = DeadLettersCommand.TopicName.class, description = "The topic they came from, e.g. campaign.commands.")
    private Topic topic = Topic.CAMPAIGN_COMMANDS;

    @ArgGroup(multiplicity = "1")
    private Selection selection = new Selection();

    @Option(names = "--partition", description = "Of the .dlt, for --offset (default: 0; a .dlt is made with one only).")
    private int partition;

    @Option(names = "--again", description = "Also those that were redriven already.")
    private boolean again;

    @Override
    public Integer call() {
        try (var redrive = new Redrive(connection.clients(), topic);
                var letters = new DeadLetterTopic(connection, topic)) {
            return selection.offset == null ? all(redrive, letters) : one(redrive, letters, selection.offset);
        } catch (RedriveOvertaken e) {
            throw new OperationRefused(String.valueOf(e.getMessage()));
        }
    }

    private int one(Redrive redrive, DeadLetterTopic letters, long offset) {
        var found = new ArrayList<DeadLetterTopic.Entry>();
        letters.forEach(entry -> {
            if (entry.partition() == partition && entry.offset() == offset) {
                found.add(entry);
            }
        });
        if (found.isEmpty()) {
            throw new OperationRefused(
                    "there is no dead letter at " + partition + "@" + offset + " of " + topic.deadLetterName());
        }
        if (found.getFirst().redriven() && !again) {
            throw new OperationRefused(topic.deadLetterName() + " " + partition + "@" + offset
                    + " was redriven already; to do it once more say --again");
        }
        return publish(redrive, found) ? 0 : 1;
    }

    private int all(Redrive redrive, DeadLetterTopic letters) {
        var next = new ArrayList<DeadLetterTopic.Entry>();
        var everyOne = new AtomicBoolean(true);
        letters.forEach(entry -> {
            if (!entry.redriven() || again) {
                next.add(entry);
            }
            if (next.size() == AT_ONCE_MAX) {
                everyOne.compareAndSet(true, publish(redrive, next));
            }
        });
        everyOne.compareAndSet(true, publish(redrive, next));
        return everyOne.get() ? 0 : 1;
    }

    /** Empties the list. @return whether every one could be published */
    private boolean publish(Redrive redrive, List<DeadLetterTopic.Entry> entries) {
        var given = entries.size();
        entries.removeIf(entry -> {
            var obstacle = obstacle(entry.letter());
            if (obstacle != null) {
                spec.commandLine().getErr()
                        .println(topic.deadLetterName() + " " + entry.letter().position() + obstacle);
            }
            return obstacle != null;
        });
        var published = entries.size();
        if (!entries.isEmpty()) {
            redrive.publish(entries.stream().map(DeadLetterTopic.Entry::letter).toList());
            entries.forEach(entry -> spec.commandLine().getOut().println(topic.deadLetterName() + " "
                    + entry.letter().position() + " is redriven to " + topic.topicName()));
        }
        entries.clear();
        return published == given;
    }

    private @Nullable String obstacle(DeadLetter letter) {
        if (!letter.cameFrom(topic.topicName())) {
            return " does not say that it came from " + topic.topicName();
        }
        return letter.isWhole() ? null
                : " was kept without " + letter.leftOut() + ", because it was too large; the record itself is at "
                        + letter.source() + ", as long as its topic keeps it";
    }
}
