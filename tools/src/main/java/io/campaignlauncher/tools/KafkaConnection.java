package io.campaignlauncher.tools;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.TopicReplication;
import io.campaignlauncher.tools.events.OperationRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command reaches Kafka, and the clients it works with: bytes as they are, reading only what was committed. */
final class KafkaConnection {

    static final Duration CALL_MAX = Duration.ofSeconds(10);

    private static final String NAME = "campaign-tools";
    private static final String ROLE = "command";
    private static final Duration TRANSACTION_MAX = Duration.ofSeconds(30);

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,...", defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}", description = "Where Kafka is (default: $KAFKA_BOOTSTRAP_SERVERS, else localhost:9092).")
    private String bootstrapServers = "";

    @Option(names = "--command-config", paramLabel = "FILE", defaultValue = "${env:KAFKA_COMMAND_CONFIG:-"
            + Option.NULL_VALUE
            + "}", description = "Further Kafka client properties, e.g. how to log in (default: $KAFKA_COMMAND_CONFIG).")
    private @Nullable Path commandConfig;

    @Mixin
    private final KafkaPrefix prefix = new KafkaPrefix();

    KafkaConsumer<byte[], byte[]> consumer() {
        return clients().reader(ROLE, new ByteArrayDeserializer(), CALL_MAX);
    }

    /** The same for topics whose keys are texts. */
    KafkaConsumer<String, byte[]> textKeyConsumer() {
        return clients().reader(ROLE, new StringDeserializer(), CALL_MAX);
    }

    /** The same, which also sees what transactions have written that are open yet or came to nothing. */
    KafkaConsumer<String, byte[]> consumerOfEverything() {
        return clients().readerOfEverything(ROLE, new StringDeserializer(), CALL_MAX);
    }

    /** @param transactionalId of all that use one at a time only the latest can commit */
    KafkaProducer<byte[], byte[]> transactions(String transactionalId) {
        return clients().transactions(ROLE, transactionalId, CALL_MAX, TRANSACTION_MAX);
    }

    Admin admin() {
        return clients().admin(ROLE, CALL_MAX);
    }

    KafkaClients clients() {
        return new KafkaClients(settings());
    }

    /** The same for what works with the services' own clients. */
    KafkaSettings settings() {
        return KafkaSettings.of(NAME, bootstrapServers, prefix.names(), TopicReplication.OF_BROKER, further());
    }

    private Map<String, String> further() {
        var properties = new HashMap<String, String>();
        if (commandConfig != null) {
            var read = new Properties();
            try (var reader = Files.newBufferedReader(commandConfig)) {
                read.load(reader);
            } catch (IOException e) {
                throw new OperationRefused("cannot read " + commandConfig);
            }
            read.forEach((name, value) -> properties.put(name.toString(), value.toString()));
        }
        return properties;
    }
}
