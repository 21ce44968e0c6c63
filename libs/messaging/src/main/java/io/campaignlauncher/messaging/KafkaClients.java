package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes all Kafka clients of services and tools: they lose nothing and prefer latency to batches. Everybody knows topics, groups and
 * transactional ids by the names of the catalogue, whatever they are called on Kafka; only an {@link Admin} takes Kafka's
 * {@link #names()}.
 */
public final class KafkaClients {

    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int DELIVERY_TIMEOUT_MS = 30_000;
    private static final int NOTES_LINGER_MS = 50;
    private static final int NOTES_REQUEST_TIMEOUT_MS = 5_000;
    private static final long NOTES_BYTES_MAX = 4 * 1024 * 1024;
    private static final int FETCH_WAIT_MS = 2_000;
    private static final int SHORT_FETCH_WAIT_MS = 50;
    /** Longer than a fetch that finds nothing: closing waits for the one that is under way. */
    private static final Duration CLOSE_MAX = Duration.ofMillis(FETCH_WAIT_MS + 500);
    private static final Duration ADMIN_CALL_MAX = Duration.ofSeconds(5);

    private final KafkaSettings settings;

    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
    }

    /** What topics, groups and transactional ids are called on Kafka. */
    public KafkaNames names() {
        return settings.names();
    }

    /**
     * A producer that gives a record up after a while.
     *
     * @param blockMax how long a call of {@code send} may block its thread
     */
    public KafkaProducer<String, byte[]> producer(String role, Duration blockMax) {
        // Room for a dead letter; what may be published otherwise is what its topic takes.
        return producer(role, blockMax, DELIVERY_TIMEOUT_MS, Topic.LETTER_BYTES_MAX);
    }

    /**
     * A producer that never gives a record up: the next one, sent when Kafka is back, could overtake it.
     *
     * @param blockMax how long a call of {@code send} may block its thread
     */
    public KafkaProducer<String, byte[]> insistentProducer(String role, Duration blockMax) {
        return producer(role, blockMax, Integer.MAX_VALUE, Topic.RECORD_BYTES_MAX);
    }

    private KafkaProducer<String, byte[]> producer(String role, Duration blockMax, int deliveryTimeoutMs,
            int requestBytesMax) {
        var properties = settings.client(role);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // What comes while a request is under way goes into the next one: batches under load, no wait without.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryTimeoutMs);
        properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, requestBytesMax);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, blockMax.toMillis());
        return producer(properties, new StringSerializer());
    }

    /**
     * A producer of records that may be lost: it gathers them, has their partition's leader alone confirm them, holds few, and soon gives
     * up what it cannot send.
     *
     * @param blockMax how long a call of {@code send} may block its thread
     */
    public KafkaProducer<String, byte[]> producerOfNotes(String role, Duration blockMax) {
        var properties = settings.client(role);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.ACKS_CONFIG, "1");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, NOTES_LINGER_MS);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, NOTES_BYTES_MAX);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, NOTES_REQUEST_TIMEOUT_MS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, blockMax.toMillis());
        return producer(properties, new StringSerializer());
    }

    /**
     * A producer of transactions that takes keys and values as they are.
     *
     * @param transactionalId of all that use one at a time only the latest can commit
     * @param callMax         how long a call may take
     * @param transactionMax  an open transaction is ended by the broker after it
     */
    public KafkaProducer<byte[], byte[]> transactions(String role, String transactionalId, Duration callMax,
            Duration transactionMax) {
        var properties = within(callMax, settings.client(role));
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, names().onKafka(transactionalId));
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) transactionMax.toMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, callMax.toMillis());
        return producer(properties, new ByteArraySerializer());
    }

    private <K> KafkaProducer<K, byte[]> producer(Map<String, Object> properties, Serializer<K> keys) {
        return names().isPlain() ? new KafkaProducer<>(properties, keys, new ByteArraySerializer())
                : new NamedProducer<>(names(), properties, keys, new ByteArraySerializer());
    }

    /** A member of a group that commits by itself nothing and reads no aborted transactions. */
    public KafkaConsumer<String, byte[]> groupMember(String role, String group, int pollMax) {
        return consumer(groupMemberProperties(role, group, pollMax), new StringDeserializer());
    }

    /** What it is made with, for whoever has {@link #consumer} called by somebody else. */
    public Map<String, Object> groupMemberProperties(String role, String group, int pollMax) {
        var properties = prompt(settings.groupMember(role, group));
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollMax);
        return properties;
    }

    /** A member of a share group that acknowledges each record by name and gets no more than so many at once. */
    public ShareConsumer<String, byte[]> shareMember(String role, String group, int pollMax) {
        var properties = settings.client(role);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, names().onKafka(group));
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollMax);
        return names().isPlain()
                ? new KafkaShareConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())
                : new NamedShareConsumer<>(names(), properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** @param properties with Kafka's own names of groups */
    public <K> KafkaConsumer<K, byte[]> consumer(Map<String, Object> properties, Deserializer<K> keys) {
        return names().isPlain() ? new KafkaConsumer<>(properties, keys, new ByteArrayDeserializer())
                : new NamedConsumer<>(names(), properties, keys, new ByteArrayDeserializer());
    }

    /** A reader on its own: it is told which partitions to read and commits nothing. */
    public KafkaConsumer<String, byte[]> reader(String role) {
        return consumer(prompt(settings.reader(role)), new StringDeserializer());
    }

    /**
     * The same for somebody who reads to an end and waits for it. The end of a transaction is no record: a fetch that finds nothing
     * else is short.
     *
     * @param callMax how long a call may take
     */
    public <K> KafkaConsumer<K, byte[]> reader(String role, Deserializer<K> keys, Duration callMax) {
        var properties = within(callMax, settings.reader(role));
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHORT_FETCH_WAIT_MS);
        return consumer(properties, keys);
    }

    /** The same for somebody who also wants to see what transactions have written that are open yet or came to nothing. */
    public <K> KafkaConsumer<K, byte[]> readerOfEverything(String role, Deserializer<K> keys, Duration callMax) {
        var properties = within(callMax, settings.reader(role));
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHORT_FETCH_WAIT_MS);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return consumer(properties, keys);
    }

    /** Leaves the group, but waits no longer than a moment for a broker that is gone. */
    public static void close(KafkaConsumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(CLOSE_MAX));
    }

    public static void close(Admin admin) {
        admin.close(CLOSE_MAX);
    }

    public Admin admin(String role) {
        return admin(role, ADMIN_CALL_MAX);
    }

    /** @param callMax how long a call may take */
    public Admin admin(String role, Duration callMax) {
        return Admin.create(within(callMax, settings.client(role)));
    }

    private static Map<String, Object> within(Duration callMax, Map<String, Object> client) {
        client.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) callMax.toMillis());
        client.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) callMax.toMillis());
        return client;
    }

    private static Map<String, Object> prompt(Map<String, Object> reader) {
        reader.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        reader.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        return reader;
    }
}
