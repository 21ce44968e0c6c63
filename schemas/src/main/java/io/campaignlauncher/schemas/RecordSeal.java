package io.campaignlauncher.schemas;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How services know records of each other from those of somebody else. */
public interface RecordSeal {

    /** For those who write as themselves alone, and take whatever there is. */
    RecordSeal NONE = new RecordSeal() {

        @Override
        public void put(ProducerRecord<String, byte[]> record) {}

        @Override
        public void require(ConsumerRecord<String, byte[]> record) {}
    };

    /** Puts it on a record that is else as it will be sent. */
    void put(ProducerRecord<String, byte[]> record);

    /** @throws UnreadableRecord where the record is of a topic on which only services write, and not of one of them */
    void require(ConsumerRecord<String, byte[]> record);
}
