package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** Records that Kafka takes, but not all of them as a dead letter: on every partition of every topic that somebody reads. */
@OnRunningSystem
class OversizedRecordsIT {

    private static final Set<Topic> COMPACTED = EnumSet.of(Topic.CREDENTIALS, Topic.KILL_SWITCHES, Topic.FEATURE_LEVELS,
            Topic.ACCESS);
    private static final Set<Topic> UNREAD = EnumSet.of(Topic.AUDIT, Topic.MARKET_EVENTS,
            Topic.CREATION_STOPS);
    private static final List<String> GROUPS = List.of("job-service-requests", "job-service-reports",
            "verifier-service", "rollback-service", "read-model", "posting-service", "moderation-service",
            "moderation-service-launches");
    private static final int RECORDS_OF_A_PARTITION = 3;
    /** Compressed it is small, unpacked it is four times what Kafka takes. */
    private static final byte[] ZEROS = new byte[4_194_304];
    private static final byte[] LARGE_HEADER = "y".repeat(2_097_152).getBytes(StandardCharsets.UTF_8);
    /** Just below what Kafka takes: as a dead letter, with headers of its own, it has more room. */
    private static final byte[] NEARLY_FULL = "x".repeat(1_048_400).getBytes(StandardCharsets.UTF_8);

    private final RunningSystem system;

    OversizedRecordsIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void are_kept_as_far_as_there_is_room_and_hold_up_nobody() {
        for (var topic : Topic.values()) {
            publishTooLargeOnes(topic);
        }

        var requests = onEveryPartition();
        requests.forEach(system::publish);

        requests.forEach(request -> {
            var jobId = RunningSystem.jobId(request);
            assertThat(system.settled(jobId).path("status").asString()).isEqualTo("completed");
            Invariants.hold(system, jobId);
        });
        for (var topic : Topic.values()) {
            // The verifier, the rollback service and the marketplace each give up what they cannot read on job.events; no service
            // reads the audit and the events of the marketplace, and creators pass over what they cannot read of stops.
            int readers = COMPACTED.contains(topic) || UNREAD.contains(topic) ? 0 : topic == Topic.JOB_EVENTS ? 3 : 1;
            areKept(topic, readers * topic.partitions() * RECORDS_OF_A_PARTITION);
        }
        await("what was committed moves on").atMost(RunningSystem.PATIENCE).untilAsserted(this::nothingIsLeft);
    }

    private void publishTooLargeOnes(Topic topic) {
        try (var packed = producer("zstd"); var plain = producer("none")) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                packed.send(new ProducerRecord<>(topic.topicName(), partition, key(), ZEROS)).get();
                plain.send(new ProducerRecord<>(topic.topicName(), partition, key(), NEARLY_FULL)).get();
                var full = new ProducerRecord<>(topic.topicName(), partition, key(), new byte[]{ 1 });
                full.headers().add("ce_source", LARGE_HEADER);
                packed.send(full).get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private KafkaProducer<String, byte[]> producer(String compression) {
        return new KafkaProducer<>(system.kafka(Map.of("acks", "all",
                "compression.type", compression, "max.request.size", 8 << 20)), new StringSerializer(),
                new ByteArraySerializer());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private void areKept(Topic topic, int count) {
        var kept = await("dead letters of " + topic).atMost(RunningSystem.PATIENCE).until(() -> letters(topic),
                letters -> letters.size() >= count);
        kept.forEach(system.published()::takeAway);
        assertThat(kept).hasSize(count).allSatisfy(letter -> {
            assertThat(PublishedRecords.header(letter, "dlt-topic")).isEqualTo(topic.topicName());
            if (letter.value() != null) {
                assertThat(letter.value()).isEqualTo(NEARLY_FULL);
            } else {
                assertThat(PublishedRecords.header(letter, "dlt-left-out")).startsWith("value");
                assertThat(PublishedRecords.header(letter, "dlt-value-sha256")).hasSize(64);
                assertThat(PublishedRecords.header(letter, "dlt-value-bytes")).isIn("4194304", "1");
            }
        });
    }

    private List<ConsumerRecord<String, byte[]>> letters(Topic topic) {
        return system.published().deadLetters().stream()
                .filter(letter -> letter.topic().equals(topic.deadLetterName())).toList();
    }

    private void nothingIsLeft() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(system.kafka(Map.of()))) {
            for (var group : GROUPS) {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata().get();
                var ends = admin.listOffsets(committed.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()))).all().get();
                assertThat(committed).as(group).isNotEmpty();
                committed.forEach((partition, offset) -> assertThat(offset.offset()).as(group + " at " + partition)
                        .isGreaterThanOrEqualTo(ends.get(partition).offset()));
            }
        }
    }

    /** A request for each partition: a job's events and reports are on the partition of the same number. */
    private List<CreateCampaign> onEveryPartition() {
        var byPartition = new TreeMap<Integer, CreateCampaign>();
        int partitions = Arrays.stream(Topic.values()).mapToInt(Topic::partitions).max().orElseThrow();
        while (byPartition.size() < partitions) {
            var request = Requests.oneFiftyOne(system.freshAccount(), 1).build();
            var key = RunningSystem.jobId(request).getBytes(StandardCharsets.UTF_8);
            byPartition.putIfAbsent(Utils.toPositive(Utils.murmur2(key)) % partitions, request);
        }
        return List.copyOf(byPartition.values());
    }
}
