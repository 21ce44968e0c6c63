package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.rights.KafkaRight;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.utils.SecurityUtils;

/** The line of {@code kafka-acls.sh} that gives somebody a right, for a shell in which it is said where Kafka is. */
final class KafkaAclCommand {

    private static final String CALL = "kafka-acls.sh --bootstrap-server \"$KAFKA_BOOTSTRAP_SERVERS\""
            + " --command-config \"$KAFKA_COMMAND_CONFIG\" --add";

    private KafkaAclCommand() {}

    static String of(KafkaRight right, String principal) {
        var words = new ArrayList<String>(List.of(CALL, "--allow-principal", quoted(principal)));
        right.operationsInOrder().forEach(operation -> words.addAll(List.of("--operation",
                SecurityUtils.operationName(operation))));
        if (right.match() == PatternType.PREFIXED) {
            words.addAll(List.of("--resource-pattern-type", "prefixed"));
        }
        switch (right.kind()) {
            case TOPIC -> right.names().forEach(name -> words.addAll(List.of("--topic", name)));
            case GROUP -> right.names().forEach(name -> words.addAll(List.of("--group", name)));
            case TRANSACTIONAL_ID -> right.names().forEach(name -> words.addAll(List.of("--transactional-id", name)));
            case CLUSTER -> words.add("--cluster");
            case ANY, DELEGATION_TOKEN, USER, UNKNOWN ->
                throw new IllegalArgumentException("nobody has rights on " + right.kind());
        }
        return words.stream().collect(Collectors.joining(" "));
    }

    /** As one word of a shell, whatever is in it. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
