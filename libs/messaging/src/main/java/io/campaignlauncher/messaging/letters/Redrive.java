package io.campaignlauncher.messaging.letters;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Publishes dead letters of a topic again as they were, each with the note that it was, all or none of a call. Of several at
 * work on one topic only the one that began last goes on, so that no letter is redriven by two.
 */
public final class Redrive implements AutoCloseable {

    private static final Duration CALL_MAX = Duration.ofSeconds(10);
    private static final Duration TRANSACTION_MAX = Duration.ofSeconds(30);

    private final Topic topic;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Make it before the letters are read: what another redrive had begun is over then, one way or the other. */
    public Redrive(KafkaClients clients, Topic topic) {
        this.topic = topic;
        this.producer = clients.transactions("redrive", "redrive-" + topic.deadLetterName(), CALL_MAX, TRANSACTION_MAX);
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    /**
     * Returns when they are durable.
     *
     * @throws RedriveOvertaken where another has begun since this one did: none of these is published
     * @throws KafkaException   where Kafka does not say whether they are
     */
    public void publish(List<DeadLetter> letters) {
        var originals = letters.stream().map(letter -> letter.original(topic.topicName())).toList();
        try {
            producer.beginTransaction();
            originals.forEach(producer::send);
            letters.forEach(letter -> producer.send(letter.redriven()));
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new RedriveOvertaken(topic);
        }
    }

    /** What was not committed comes to nothing. */
    @Override
    public void close() {
        producer.close(CALL_MAX);
    }
}
