package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.rights.KafkaRights;
import io.campaignlauncher.schemas.rights.KafkaUser;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.SecurityUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints who may do what on Kafka. It asks no server. */
@Command(name = "acls", description = {
    "Prints who needs to do what on Kafka: as a table, or as commands that allow it.",
    "A broker with an authorizer refuses what nothing allows." })
final class ShowAcls implements Callable<Integer> {

    /** How it is printed. */
    enum Format {
        table, commands
    }

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}): the table as Markdown, or a line of kafka-acls.sh for each of its rows.")
    private Format format = Format.table;

    @Option(names = "--principal", paramLabel = "PROGRAM=User:NAME", description = "Who a program is in your Kafka, for commands, e.g. app=User:shop (default: User: and the program's name). May be given for each.")
    private Map<String, String> principals = new LinkedHashMap<>();

    @Mixin
    private final KafkaPrefix prefix = new KafkaPrefix();

    @Override
    public Integer call() {
        var known = principals();
        var out = spec.commandLine().getOut();
        switch (format) {
            case table -> KafkaAclTable.lines(prefix.names()).forEach(out::println);
            case commands -> KafkaRights.all()
                    .forEach(right -> out
                            .println(KafkaAclCommand.of(right.on(prefix.names()),
                                    Objects.requireNonNull(known.get(right.who())))));
        }
        return 0;
    }

    private Map<KafkaUser, String> principals() {
        var known = new EnumMap<KafkaUser, String>(KafkaUser.class);
        Arrays.stream(KafkaUser.values()).forEach(user -> known.put(user, "User:" + user.title()));
        principals.forEach((title, principal) -> {
            var user = KafkaUser.titled(title).orElseThrow(() -> wrong("no program is called " + title + "; there are "
                    + Arrays.stream(KafkaUser.values()).map(KafkaUser::title).collect(Collectors.joining(", "))));
            try {
                known.put(user, SecurityUtils.parseKafkaPrincipal(principal).toString());
            } catch (IllegalArgumentException | KafkaException e) {
                throw wrong(title + ": a principal is written as in User:shop, not " + principal);
            }
        });
        return known;
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), "--principal: " + what);
    }
}
