package io.campaignlauncher.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A program that starts a broker, publishes a record on it, says so with a file, and never ends by itself. */
final class BrokerForEver {

    private BrokerForEver() {}

    static Path ready(Path folder) {
        return folder.resolve("ready");
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var broker = EmbeddedKafkaBroker.start(folder);
        var client = Map.<String, Object>copyOf(broker.client(ServiceLogin.OPERATOR));
        try (var admin = Admin.create(client);
                var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(arguments[1], 1, (short) 1))).all().get();
            producer.send(new ProducerRecord<>(arguments[1], "acknowledged")).get();
        }
        Files.createFile(ready(folder));
        Thread.currentThread().join();
    }
}
