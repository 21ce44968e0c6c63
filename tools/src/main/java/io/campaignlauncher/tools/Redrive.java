package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.events.OperationRefused;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Publishes dead letters of a topic again as they were, each with the note that it was, all or none of a call. Of several at
 * work on one topic only the one that began last goes on, so that no letter is redriven by two.
 */
final class Redrive implements AutoCloseable {

    private final Topic topic;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Make it before the letters are read: what another redrive had begun is over then, one way or the other. */
    Redrive(KafkaConnection connection, Topic topic) {
        this.topic = topic;
        this.producer = connection.transactions("redrive-" + topic.deadLetterName());
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    /** Returns when they are durable. */
    void publish(List<DeadLetter> letters) {
        var originals = letters.stream().map(letter -> letter.original(topic.topicName())).toList();
        try {
            producer.beginTransaction();
            originals.forEach(producer::send);
            letters.forEach(letter -> producer.send(letter.redriven()));
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new OperationRefused("another redrive of " + topic.deadLetterName() + " has begun; this one stops");
        }
    }

    /** What was not committed comes to nothing. */
    @Override
    public void close() {
        producer.close(KafkaConnection.CALL_MAX);
    }
}
