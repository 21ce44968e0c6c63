package io.campaignlauncher.tools;

import io.campaignlauncher.tools.recovery.GroupOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/** Has consumer groups read again what their database no longer knows that it had read. */
@Command(name = "offsets", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Sets the consumer groups of the job-service back to a time, less a margin: to that its database was put back, and a repeated record does no harm.",
    "With --to-end, sets those that work on events to the end of their topic: after Kafka was filled anew, what stands there is done.",
    "A group that has members is refused: end its service first. Never the share group of creators." })
final class SetOffsetsBack implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    /** Either. */
    static final class Where {

        @Option(names = "--to", paramLabel = "TIME", required = true, converter = Time.class, description = "The time that the database was put back to, such as 2026-01-31T12:00:00Z.")
        private @Nullable Instant time;

        @Option(names = "--to-end", required = true, description = "The end of the topic, for the verifier and the rollback service.")
        private boolean toEnd;
    }

    @Option(names = "--margin", defaultValue = "60s", converter = DurationText.class, description = "So much before that time (default: ${DEFAULT-VALUE}).")
    private Duration margin = Duration.ZERO;

    @Mixin
    private Backup backup = new Backup();

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        try (var admin = kafka.admin(); var kept = backup.open(spec)) {
            var offsets = new GroupOffsets(admin, kafka.clients().names());
            var moves = where.time == null ? offsets.toEnd() : offsets.backTo(where.time.minus(margin));
            moves.forEach(move -> kept.line(JsonNodeFactory.instance.objectNode().put("group", move.group())
                    .put("topic", move.partition().topic()).put("partition", move.partition().partition())
                    .put("offset", move.from())));
            var file = kept.kept();
            offsets.apply(moves);
            out.println("GROUP\tPARTITION\tWAS\tIS");
            moves.forEach(move -> out.println(String.join("\t", List.of(move.group(), move.partition().toString(),
                    move.from() == null ? "none" : move.from().toString(), Long.toString(move.to())))));
            out.println("how they stood before is in " + file);
            out.flush();
        }
        return 0;
    }
}
