package io.campaignlauncher.testing;

import io.campaignlauncher.embedded.EmbeddedKafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker for tests, with share groups: a container where a Docker engine answers, else in this process. What
 * decides is told at {@link ServerKind}.
 */
public final class TestBroker implements AutoCloseable {

    /** What tests set for the clients of what they test, by the Kafka names: who closes a consumer waits for the fetch that is under way. */
    public static final Map<String, String> CLIENT_SETTINGS = Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
    /** The same for services, of whose many consumers each asks so often while there is nothing. */
    public static final String SERVICE_ARGUMENT = "--kafka.properties." + ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG
            + "=200";

    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String LAST_OF_ALL = "last-of-all";

    private static @Nullable TestBroker shared;

    private final String bootstrapServers;
    private final Runnable end;

    private TestBroker(String bootstrapServers, Runnable end) {
        this.bootstrapServers = bootstrapServers;
        this.end = end;
    }

    /** The one for all tests of this JVM: started when first asked for, ended with the JVM, closed by nobody. */
    public static synchronized TestBroker shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** One of the caller's own. */
    public static TestBroker start() {
        return switch (ServerKind.ofThisRun()) {
            case DOCKER -> {
                var container = Containers.started(Containers.kafka(), Containers.kafkaImage());
                yield new TestBroker(container.getBootstrapServers(), container::close);
            }
            case EMBEDDED -> {
                var broker = EmbeddedKafkaBroker.startOpen();
                yield new TestBroker(broker.bootstrapServers(), broker::close);
            }
        };
    }

    /** host:port, for clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Removes every group and every topic, for a test that wants a broker as if just started. A member that an earlier
     * test left behind makes this fail.
     */
    public TestBroker emptied() {
        try (var admin = admin()) {
            Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).ignoreExceptions()
                    .until(() -> removeGroups(admin));
            // A broker learns of topics a moment later than the controller: one that sees this one has seen all before it.
            admin.createTopics(List.of(new NewTopic(LAST_OF_ALL, 1, (short) 1))).all().get();
            awaitTopics(admin, names -> names.contains(LAST_OF_ALL));
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            awaitTopics(admin, Set::isEmpty);
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not empty the broker: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Every record of a topic up to its present end. */
    public List<ConsumerRecord<String, byte[]>> all(String topic) {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        // Closing waits for the fetch that is under way.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis()),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions, PATIENCE);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(POLL).forEach(found::add);
            }
        }
        return found;
    }

    /** What a group has committed; 0 where it has committed nothing. */
    public long committed(String group, String topic, int partition) {
        try (var admin = admin()) {
            var offset = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? 0 : offset.offset();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitTopics(Admin admin, Predicate<Set<String>> wanted) {
        Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                .until(() -> wanted.test(admin.listTopics().names().get()));
    }

    private static boolean removeGroups(Admin admin) throws ExecutionException, InterruptedException {
        var groups = admin.listGroups().all().get().stream()
                .collect(Collectors.partitioningBy(group -> group.type().filter(GroupType.SHARE::equals).isPresent(),
                        Collectors.mapping(GroupListing::groupId, Collectors.toList())));
        admin.deleteShareGroups(groups.get(true)).all().get();
        admin.deleteConsumerGroups(groups.get(false)).all().get();
        return true;
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    @Override
    public void close() {
        end.run();
    }
}
