package io.campaignlauncher.tools.recovery;

import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.events.OperationRefused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** Where consumer groups stand, and where they are to stand. */
public final class GroupOffsets {

    /** Their tables are the job-service's database. */
    private static final Map<String, List<Topic>> OF_JOB_SERVICE = Map.of("job-service-requests",
            List.of(Topic.CAMPAIGN_COMMANDS), "job-service-reports",
            List.of(Topic.CREATION_EVENTS, Topic.VERIFICATION_EVENTS, Topic.ROLLBACK_EVENTS), "webhooks",
            List.of(Topic.JOB_EVENTS), "read-model", List.of(Topic.JOB_EVENTS), "job-service-graph-calls",
            List.of(Topic.GRAPH_CALLS));
    /** They do what events ask for, and keep no account of it. */
    private static final Map<String, List<Topic>> OF_WORKERS = Map.of("verifier-service", List.of(Topic.JOB_EVENTS),
            "rollback-service", List.of(Topic.JOB_EVENTS));

    private final Admin admin;
    private final KafkaNames names;

    /** @param names what groups and topics are called there */
    public GroupOffsets(Admin admin, KafkaNames names) {
        this.admin = admin;
        this.names = names;
    }

    /** One group on one partition, as the catalogue calls them. @param from null: it has not stood anywhere */
    public record Move(String group, TopicPartition partition, @Nullable Long from, long to) {}

    /** Those of the job-service to the first record of this time or later; one that is not there yet stays. */
    public List<Move> backTo(Instant time) {
        return moves(OF_JOB_SERVICE, OffsetSpec.forTimestamp(time.toEpochMilli())).stream()
                .filter(move -> move.to() >= 0 && move.from() != null && move.from() > move.to()).toList();
    }

    /** Those of workers to the ends of their topics. */
    public List<Move> toEnd() {
        return moves(OF_WORKERS, OffsetSpec.latest());
    }

    private List<Move> moves(Map<String, List<Topic>> groups, OffsetSpec where) {
        var moves = new ArrayList<Move>();
        groups.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(group -> {
            requireEmpty(group.getKey());
            var stands = names.inCatalogue(got(admin.listConsumerGroupOffsets(names.onKafka(group.getKey()))
                    .partitionsToOffsetAndMetadata()));
            var found = names.inCatalogue(got(admin.listOffsets(partitionsOnKafka(group.getValue()).stream()
                    .collect(Collectors.toMap(Function.identity(), _ -> where))).all()));
            found.entrySet().stream().sorted(Map.Entry.comparingByKey(GroupOffsets::compare))
                    .forEach(entry -> moves.add(move(group.getKey(), entry, stands.get(entry.getKey()))));
        });
        return moves;
    }

    private static int compare(TopicPartition one, TopicPartition other) {
        return one.topic().equals(other.topic()) ? Integer.compare(one.partition(), other.partition())
                : one.topic().compareTo(other.topic());
    }

    private static Move move(String group, Map.Entry<TopicPartition, ListOffsetsResultInfo> found,
            @Nullable OffsetAndMetadata stands) {
        return new Move(group, found.getKey(), stands == null ? null : stands.offset(), found.getValue().offset());
    }

    /** A member would commit where it stands over what is set here. */
    private void requireEmpty(String group) {
        try {
            var described = admin.describeConsumerGroups(List.of(names.onKafka(group))).all().get();
            if (described.values().stream().anyMatch(one -> !one.members().isEmpty())) {
                throw new OperationRefused("the group " + group + " has members: end its service first");
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw failure(e);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private List<TopicPartition> partitionsOnKafka(List<Topic> topics) {
        var called = topics.stream().map(topic -> names.onKafka(topic.topicName())).toList();
        return got(admin.describeTopics(called).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    public void apply(List<Move> moves) {
        moves.stream().collect(Collectors.groupingBy(Move::group)).forEach((group, own) -> got(admin
                .alterConsumerGroupOffsets(names.onKafka(group), own.stream()
                        .collect(Collectors.toMap(move -> names.onKafka(move.partition()),
                                move -> new OffsetAndMetadata(move.to()))))
                .all()));
    }

    private static <T> T got(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static KafkaException failure(ExecutionException e) {
        return e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    }

    private static OperationRefused interrupted() {
        Thread.currentThread().interrupt();
        return new OperationRefused("interrupted");
    }
}
