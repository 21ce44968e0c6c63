package io.campaignlauncher.schemas.rights;

import io.campaignlauncher.schemas.KafkaNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What somebody may do with some things of one kind.
 *
 * @param names      of the things; of the cluster, Kafka's name for it
 * @param match      {@code LITERAL}, or {@code PREFIXED} where everything is meant whose name begins like that
 * @param operations whoever may read or write a thing may look at it as well
 * @param reason     why it is needed, for people
 */
public record KafkaRight(KafkaUser who, ResourceType kind, List<String> names, PatternType match,
        Set<AclOperation> operations, String reason) {

    private static final String ANY_HOST = "*";

    public KafkaRight {
        names = List.copyOf(names);
        operations = Set.copyOf(operations);
    }

    /** The same for an installation whose names begin with something; what is Kafka's own keeps its name. */
    public KafkaRight on(KafkaNames kafka) {
        return kind == ResourceType.CLUSTER ? this
                : new KafkaRight(who, kind,
                        names.stream().map(name -> Topic.isInternal(name) ? name : kafka.onKafka(name)).toList(), match,
                        operations, reason);
    }

    /** In an order that stays. */
    public List<AclOperation> operationsInOrder() {
        return operations.isEmpty() ? List.of() : List.copyOf(EnumSet.copyOf(operations));
    }

    /** The same as Kafka keeps it. @param principal as Kafka writes it, e.g. {@code User:job_service} */
    public Stream<AclBinding> acls(String principal) {
        return names.stream().map(name -> new ResourcePattern(kind, name, match))
                .flatMap(pattern -> operationsInOrder().stream().map(operation -> new AclBinding(pattern,
                        new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW))));
    }

    /** Whether this is a right to do that with that thing, or to look at it. */
    public boolean allows(AclOperation operation, ResourceType kind, String name) {
        var matches = match == PatternType.PREFIXED ? names.stream().anyMatch(name::startsWith) : names.contains(name);
        return this.kind == kind && matches
                && (operations.contains(operation) || operation == AclOperation.DESCRIBE
                        && (operations.contains(AclOperation.READ) || operations.contains(AclOperation.WRITE)));
    }
}
