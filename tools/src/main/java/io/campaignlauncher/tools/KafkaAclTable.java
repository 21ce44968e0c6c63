package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.rights.KafkaRight;
import io.campaignlauncher.schemas.rights.KafkaRights;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** Who may do what on Kafka, as a table in Markdown. */
final class KafkaAclTable {

    private KafkaAclTable() {}

    /** @param names what everything is called there */
    static Stream<String> lines(KafkaNames names) {
        return Stream.concat(Stream.of("| program | on | may | because |", "|---|---|---|---|"),
                KafkaRights.all().stream().map(right -> line(right, names)));
    }

    private static String line(KafkaRight right, KafkaNames names) {
        var operations = right.operationsInOrder().stream().map(SecurityUtils::operationName)
                .collect(Collectors.joining(", "));
        return "| " + String.join(" | ", right.who().title(), things(right, names), operations, right.reason()) + " |";
    }

    private static String things(KafkaRight right, KafkaNames names) {
        if (right.kind() == ResourceType.CLUSTER) {
            return "the cluster";
        }
        if (right.names().equals(KafkaRights.EVERY_TOPIC)) {
            return "every topic and its `.dlt`" + (names.isPlain() ? "" : " (`" + names.prefix() + "…`)");
        }
        var kind = right.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var called = right.on(names).names().stream()
                .map(name -> "`" + name + (right.match() == PatternType.PREFIXED ? "…" : "") + "`")
                .collect(Collectors.joining(", "));
        return kind + (right.names().size() == 1 ? " " : "s ") + called;
    }
}
