package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.Topic;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows dead letters, one in a line, the columns separated by tabs. Never their content. */
@Command(name = "list", description = "Shows the dead letters that wait, the latest last. Columns are separated by tabs.")
final class ListDeadLetters implements Callable<Integer> {

    private static final int LIMIT = 50;
    private static final List<String> COLUMNS = List.of("TOPIC", "POSITION", "FROM", "TYPE", "BYTES", "CONSUMER",
            "PARKED-AT", "STATE", "KEY", "REASON");

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaConnection connection = new KafkaConnection();

    @Option(names = "--topic", converter = DeadLettersCommand.TopicName.class, description = "Those of one topic, e.g. campaign.commands (default: of all).")
    private @Nullable Topic topic;

    @Option(names = "--limit", description = "At most so many of each topic, the latest (default: " + LIMIT + ").")
    private int limit = LIMIT;

    @Option(names = "--redriven", description = "Also those that were redriven.")
    private boolean withRedriven;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 1");
        }
        var out = spec.commandLine().getOut();
        out.println(String.join("\t", COLUMNS));
        for (var each : topic == null ? List.of(Topic.values()) : List.of(topic)) {
            show(each, out);
        }
        return 0;
    }

    private void show(Topic of, PrintWriter out) {
        var latest = new ArrayDeque<String>();
        var left = new int[1];
        try (var letters = new DeadLetterTopic(connection, of)) {
            letters.forEach(entry -> {
                if (entry.redriven() && !withRedriven) {
                    return;
                }
                if (latest.size() == limit) {
                    latest.removeFirst();
                    left[0]++;
                }
                latest.addLast(line(of, entry));
            });
        }
        latest.forEach(out::println);
        if (left[0] > 0) {
            spec.commandLine().getErr().println(left[0] + " older ones of " + of.deadLetterName()
                    + " are not shown; see --limit");
        }
    }

    private static String line(Topic of, DeadLetterTopic.Entry entry) {
        var letter = entry.letter();
        return String.join("\t", of.deadLetterName(), letter.position(), letter.source(), letter.type(),
                letter.bytes(), letter.consumer(), letter.parkedAt(), state(entry), letter.key(),
                letter.reason());
    }

    private static String state(DeadLetterTopic.Entry entry) {
        if (entry.redriven()) {
            return "redriven";
        }
        if (!entry.letter().isWhole()) {
            return "without " + entry.letter().leftOut();
        }
        return entry.letter().cameBack() ? "came back" : "waits";
    }
}
