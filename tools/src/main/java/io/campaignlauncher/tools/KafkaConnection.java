package io.campaignlauncher.tools;

import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.tools.events.OperationRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches Kafka, and the clients it works with: bytes as they are, reading only what was committed. */
final class KafkaConnection {

    static final Duration CALL_MAX = Duration.ofSeconds(10);

    private static final String NAME = "campaign-tools";
    private static final Duration TRANSACTION_MAX = Duration.ofSeconds(30);
    private static final int FETCH_WAIT_MS = 50;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,...", defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}", description = "Where Kafka is (default: $KAFKA_BOOTSTRAP_SERVERS, else localhost:9092).")
    private String bootstrapServers = "";

    @Option(names = "--command-config", paramLabel = "FILE", defaultValue = "${env:KAFKA_COMMAND_CONFIG:-"
            + Option.NULL_VALUE
            + "}", description = "Further Kafka client properties, e.g. how to log in (default: $KAFKA_COMMAND_CONFIG).")
    private @Nullable Path commandConfig;

    KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(reading(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The same for topics whose keys are texts. */
    KafkaConsumer<String, byte[]> textKeyConsumer() {
        return new KafkaConsumer<>(reading(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The same for what works with the services' own clients. */
    KafkaSettings settings() {
        var properties = new HashMap<String, String>();
        further().forEach((name, value) -> properties.put(name, String.valueOf(value)));
        return KafkaSettings.of(NAME, bootstrapServers, (short) -1, properties);
    }

    private Map<String, Object> reading() {
        var properties = common();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // The end of a transaction is no record: a fetch that finds nothing else waits so long.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        return properties;
    }

    /** @param transactionalId of all that use one at a time only the latest can commit */
    KafkaProducer<byte[], byte[]> transactions(String transactionalId) {
        var properties = common();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_MAX.toMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CALL_MAX.toMillis());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> common() {
        var properties = further();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, OwnName.of(NAME).client("command"));
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL_MAX.toMillis());
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) CALL_MAX.toMillis());
        return properties;
    }

    private Map<String, Object> further() {
        var properties = new HashMap<String, Object>();
        if (commandConfig != null) {
            var read = new Properties();
            try (var reader = Files.newBufferedReader(commandConfig)) {
                read.load(reader);
            } catch (IOException e) {
                throw new OperationRefused("cannot read " + commandConfig);
            }
            read.forEach((name, value) -> properties.put(name.toString(), value));
        }
        return properties;
    }
}
