package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.testing.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of an installation whose names begin with something, on a broker where another has the same names without it. */
class NamedClientsIT {

    private static final TopicPartition PARTITION = new TopicPartition("job.events", 0);
    private static final Duration POLL = Duration.ofMillis(100);

    private final TestBroker broker = TestBroker.shared().emptied();
    private final KafkaClients clients = new KafkaClients(KafkaSettings.of("test", broker.bootstrapServers(),
            new KafkaNames("eu-"), TopicReplication.OF_BROKER, TestBroker.CLIENT_SETTINGS));
    private final Admin admin = clients.admin("test");

    @BeforeEach
    void make() throws Exception {
        admin.createTopics(
                List.of(new NewTopic("job.events", 1, (short) 1), new NewTopic("eu-job.events", 1, (short) 1)))
                .all().get();
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void what_is_sent_is_on_the_topic_with_the_prefix_and_told_without_it() throws Exception {
        var told = new CompletableFuture<RecordMetadata>();
        try (var producer = clients.producer("sender", PATIENCE)) {
            var metadata = producer.send(new ProducerRecord<>("job.events", "key", new byte[]{ 1 }),
                    (sent, _) -> told.complete(sent)).get();
            assertThat(metadata.topic()).isEqualTo("job.events").isEqualTo(told.get().topic());
            assertThat(metadata.offset()).isZero();
            assertThat(producer.partitionsFor("job.events")).extracting(PartitionInfo::topic)
                    .containsExactly("job.events");
        }
        assertThat(broker.all("eu-job.events")).hasSize(1);
        assertThat(broker.all("job.events")).isEmpty();
    }

    @Test
    void a_transaction_is_one_of_this_installation() throws Exception {
        try (var producer = clients.transactions("sender", "redrive-x", PATIENCE, PATIENCE)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("job.events", new byte[]{ 1 }, new byte[]{ 1 }));
            producer.commitTransaction();
        }
        assertThat(admin.listTransactions().all().get()).extracting(one -> one.transactionalId())
                .contains("eu-redrive-x").doesNotContain("redrive-x");
        assertThat(broker.all("eu-job.events")).hasSize(1);
    }

    @Test
    void a_group_member_reads_commits_and_goes_on_there() throws Exception {
        send(2);
        try (var consumer = clients.groupMember("reader", "read-model", 1)) {
            var assigned = new ArrayList<TopicPartition>();
            consumer.subscribe(List.of("job.events"), new Assigned(assigned));
            var first = next(consumer::poll);
            assertThat(first.topic()).isEqualTo("job.events");
            assertThat(assigned).containsExactly(PARTITION);
            assertThat(consumer.assignment()).containsExactly(PARTITION);
            assertThat(consumer.subscription()).containsExactly("job.events");
            consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(1)));
            assertThat(consumer.committed(Set.of(PARTITION))).containsEntry(PARTITION, new OffsetAndMetadata(1));
            var committed = new CompletableFuture<Map<TopicPartition, OffsetAndMetadata>>();
            consumer.commitAsync(Map.of(PARTITION, new OffsetAndMetadata(1)),
                    (offsets, _) -> committed.complete(offsets));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(POLL);
                return committed.isDone();
            });
            assertThat(committed.get()).containsOnlyKeys(PARTITION);
        }
        assertThat(broker.committed("eu-read-model", "eu-job.events", 0)).isEqualTo(1);
        assertThat(admin.listGroups().all().get()).extracting(GroupListing::groupId).containsExactly("eu-read-model");
    }

    @Test
    void a_reader_finds_its_way_by_the_names_of_the_catalogue() throws Exception {
        send(3);
        try (var consumer = clients.reader("reader", new StringDeserializer(), PATIENCE)) {
            assertThat(consumer.listTopics()).containsOnlyKeys("job.events");
            assertThat(consumer.partitionsFor("job.events")).extracting(PartitionInfo::topic)
                    .containsExactly("job.events");
            assertThat(consumer.beginningOffsets(List.of(PARTITION))).isEqualTo(Map.of(PARTITION, 0L));
            assertThat(consumer.endOffsets(List.of(PARTITION))).isEqualTo(Map.of(PARTITION, 3L));
            assertThat(consumer.offsetsForTimes(Map.of(PARTITION, Long.MAX_VALUE))).containsEntry(PARTITION, null);
            consumer.assign(List.of(PARTITION));
            consumer.seek(PARTITION, 2);
            consumer.pause(List.of(PARTITION));
            assertThat(consumer.paused()).containsExactly(PARTITION);
            consumer.resume(List.of(PARTITION));
            assertThat(next(consumer::poll).offset()).isEqualTo(2);
            assertThat(consumer.position(PARTITION)).isEqualTo(3);
            assertThat(consumer.currentLag(PARTITION)).hasValue(0);
        }
    }

    @Test
    void a_share_group_gives_each_record_once_and_takes_its_acknowledgement() throws Exception {
        var group = new ConfigResource(ConfigResource.Type.GROUP, "eu-creator-service");
        admin.incrementalAlterConfigs(Map.of(group, List.of(new AlterConfigOp(
                new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET)))).all().get();
        send(2);
        try (var member = clients.shareMember("commands", "creator-service", 1)) {
            member.subscribe(List.of("job.events"));
            assertThat(member.subscription()).containsExactly("job.events");
            var first = next(member::poll);
            assertThat(first.topic()).isEqualTo("job.events");
            member.acknowledge(first, AcknowledgeType.ACCEPT);
            assertThat(member.commitSync()).hasSize(1).allSatisfy((partition, failure) -> {
                assertThat(partition.topicPartition()).isEqualTo(PARTITION);
                assertThat(failure).isEqualTo(Optional.empty());
            });
            assertThat(next(member::poll).offset()).isEqualTo(1);
        }
    }

    private void send(int records) throws Exception {
        try (var producer = clients.producer("sender", PATIENCE)) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>("job.events", "key", new byte[]{ 1 })).get();
            }
        }
    }

    private interface Poll {
        Iterable<ConsumerRecord<String, byte[]>> poll(Duration most);
    }

    private static ConsumerRecord<String, byte[]> next(Poll poll) {
        return await().atMost(PATIENCE).until(() -> {
            var polled = poll.poll(POLL).iterator();
            return polled.hasNext() ? Optional.of(polled.next()) : Optional.<ConsumerRecord<String, byte[]>>empty();
        }, Optional::isPresent).orElseThrow();
    }

    private record Assigned(List<TopicPartition> partitions)
            implements
                ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> some) {
            partitions.addAll(some);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> some) {
            partitions.removeAll(some);
        }
    }
}
