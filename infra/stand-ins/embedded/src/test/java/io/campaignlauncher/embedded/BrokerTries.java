package io.campaignlauncher.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What somebody may do at a broker, found by trying. Topics are there, each with a record. */
final class BrokerTries implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(10);

    private final Map<String, Object> client;
    private final Admin admin;
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;

    BrokerTries(Map<String, String> client) {
        this.client = Map.copyOf(client);
        this.admin = Admin.create(this.client);
        // Without it a producer asks for a right to write at all, once, and is of no use to anybody who has none.
        this.producer = producer(Map.of("enable.idempotence", "false"));
        this.consumer = new KafkaConsumer<>(with(Map.of("auto.offset.reset", "earliest", "max.poll.records", "1",
                "fetch.max.wait.ms", "50")), new StringDeserializer(), new StringDeserializer());
    }

    boolean writes(String topic) throws Exception {
        return isLet(() -> producer.send(new ProducerRecord<>(topic, "tried")).get());
    }

    boolean reads(String topic) throws Exception {
        var partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return isLet(() -> {
            var until = System.nanoTime() + POLL.toNanos();
            while (consumer.poll(Duration.ofMillis(50)).isEmpty()) {
                if (System.nanoTime() - until > 0) {
                    throw new AssertionError("no record of " + topic);
                }
            }
            return true;
        });
    }

    /** Whoever may make one that is there is told so. */
    boolean makes(String topic) throws Exception {
        return isLet(() -> {
            try {
                return admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    return true;
                }
                throw e;
            }
        });
    }

    boolean deletes(String topic) throws Exception {
        return isLet(() -> admin.deleteTopics(List.of(topic)).all().get());
    }

    boolean seesSettings(ConfigResource.Type type, String name) throws Exception {
        return isLet(() -> admin.describeConfigs(List.of(new ConfigResource(type, name))).all().get());
    }

    boolean looksAtGroup(String group) throws Exception {
        return isLet(() -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
    }

    boolean setsUpShareGroup(String group) throws Exception {
        var earliest = new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"),
                AlterConfigOp.OpType.SET);
        return isLet(() -> admin.incrementalAlterConfigs(
                Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(earliest))).all().get());
    }

    boolean beginsTransactionsAs(String transactionalId) throws Exception {
        try (var transactions = producer(Map.of("transactional.id", transactionalId))) {
            return isLet(() -> {
                transactions.initTransactions();
                return true;
            });
        }
    }

    private KafkaProducer<String, String> producer(Map<String, Object> further) {
        return new KafkaProducer<>(with(further), new StringSerializer(), new StringSerializer());
    }

    private Map<String, Object> with(Map<String, Object> further) {
        var all = new HashMap<>(client);
        all.putAll(further);
        return all;
    }

    private static boolean isLet(Callable<?> action) throws Exception {
        try {
            action.call();
            return true;
        } catch (AuthorizationException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        admin.close();
    }
}
