package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes Kafka clients that lose nothing and prefer latency to batches. */
public final class KafkaClients {

    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int DELIVERY_TIMEOUT_MS = 30_000;
    private static final int FETCH_WAIT_MS = 2_000;
    /** Longer than a fetch that finds nothing: closing waits for the one that is under way. */
    private static final Duration CLOSE_MAX = Duration.ofMillis(FETCH_WAIT_MS + 500);
    private static final int ADMIN_CALL_TIMEOUT_MS = 5_000;

    private final KafkaSettings settings;

    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
    }

    /** @param blockMax how long a call of {@code send} may block its thread */
    public KafkaProducer<String, byte[]> producer(String role, Duration blockMax) {
        var properties = settings.client(role);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // What comes while a request is under way goes into the next one: batches under load, no wait without.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        // Room for a dead letter; what may be published otherwise is what its topic takes.
        properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.LETTER_BYTES_MAX);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, blockMax.toMillis());
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** A member of a group that commits by itself nothing and reads no aborted transactions. */
    public KafkaConsumer<String, byte[]> groupMember(String role, String group, int pollMax) {
        var properties = prompt(settings.groupMember(role, group));
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollMax);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader on its own: it is told which partitions to read and commits nothing. */
    public KafkaConsumer<String, byte[]> reader(String role) {
        return new KafkaConsumer<>(prompt(settings.reader(role)), new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Leaves the group, but waits no longer than a moment for a broker that is gone. */
    public static void close(KafkaConsumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(CLOSE_MAX));
    }

    public static void close(Admin admin) {
        admin.close(CLOSE_MAX);
    }

    public Admin admin(String role) {
        var properties = settings.client(role);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_CALL_TIMEOUT_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_CALL_TIMEOUT_MS);
        return Admin.create(properties);
    }

    private static Map<String, Object> prompt(Map<String, Object> reader) {
        reader.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        reader.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        return reader;
    }
}
