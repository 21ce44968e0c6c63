package io.campaignlauncher.tools;

import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.schemas.CredentialStored;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.events.WholeTopic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Writes what is stored on {@code credentials} anew, under the first key. A job-service may store a newer token at any moment, and the
 * last record of a name counts; so a record is written in a transaction, which is committed only where nothing of that name stands
 * between what was read and the record. What comes after the record is newer and counts.
 */
final class Reencryption implements AutoCloseable {

    private static final String SOURCE = "/campaign-tools";
    private static final String NAME = Topic.CREDENTIALS.topicName();
    /** Readers get nothing past a transaction that is open, so none is open for long. */
    private static final int AT_ONCE_MAX = 100;
    /** Somebody stores tokens all the time: it would go on for ever. */
    private static final int ROUNDS_MAX = 20;

    private final KafkaConnection connection;
    private final TokenCipher cipher;
    private final Clock clock;
    private final LaunchRecords records = new LaunchRecords();
    private final KafkaProducer<byte[], byte[]> producer;

    /** Of several at work only the one that was made last goes on. */
    Reencryption(KafkaConnection connection, TokenCipher cipher, Clock clock) {
        this.connection = connection;
        this.cipher = cipher;
        this.clock = clock;
        this.producer = connection.transactions("reencrypt-" + NAME);
        try {
            // What an earlier one had begun is over then, one way or the other.
            producer.initTransactions();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    /**
     * What was stored.
     *
     * @param ends up to where it was read
     */
    record Stored(Map<String, ConsumerRecord<String, byte[]>> latest, Map<TopicPartition, Long> ends) {}

    /**
     * What was done.
     *
     * @param done       encrypted with the first key
     * @param already    were so before
     * @param sealed     keys of records that no key opens
     * @param unreadable keys of records that are no credential
     */
    record Result(int done, int already, Set<String> sealed, Set<String> unreadable) {}

    /** Blocks. @throws OperationRefused where Kafka gives no more, or others write all the time */
    Result run() {
        var done = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var stored = read();
            var work = work(stored);
            int written = write(work.anew, stored);
            done += written;
            if (written == work.anew.size()) {
                return new Result(done, work.already, work.sealed, work.unreadable);
            }
        }
        throw new OperationRefused(done + " are encrypted with the first key; others could not be, because tokens"
                + " are stored all the time: run it again");
    }

    private Work work(Stored stored) {
        var work = new Work();
        stored.latest().forEach(work::add);
        return work;
    }

    /** The records that are to be written. */
    List<ProducerRecord<String, byte[]>> anew(Stored stored) {
        return work(stored).anew;
    }

    /** What is to be done with each. */
    private final class Work {

        private final List<ProducerRecord<String, byte[]>> anew = new ArrayList<>();
        private final Set<String> sealed = new TreeSet<>();
        private final Set<String> unreadable = new TreeSet<>();
        private int already;

        void add(String key, ConsumerRecord<String, byte[]> record) {
            try {
                var received = records.read(record);
                if (!(received.message() instanceof CredentialStored stored)) {
                    unreadable.add(key);
                    return;
                }
                var encrypted = new byte[stored.getEncryptedToken().remaining()];
                stored.getEncryptedToken().duplicate().get(encrypted);
                cipher.underFirstKey(key, encrypted).ifPresentOrElse(
                        token -> anew.add(anew(key, stored, token, received.envelope())), () -> already++);
            } catch (UnreadableRecord e) {
                unreadable.add(key);
            } catch (GeneralSecurityException e) {
                sealed.add(key);
            }
        }
    }

    private ProducerRecord<String, byte[]> anew(String key, CredentialStored stored, byte[] token, Envelope before) {
        var message = CredentialStored.newBuilder(stored).setEncryptedToken(ByteBuffer.wrap(token))
                .setStoredAt(Objects.requireNonNullElse(stored.getStoredAt(), before.time())).build();
        return records.record(Topic.CREDENTIALS, key, message, Envelope.of(UUID.randomUUID().toString(), before.type(),
                SOURCE, before.subject(), clock.instant()));
    }

    /** The latest record of each name, as a service would know them. */
    Stored read() {
        try (var consumer = connection.textKeyConsumer()) {
            var ends = consumer.endOffsets(partitions(consumer), KafkaConnection.CALL_MAX);
            var latest = new HashMap<String, ConsumerRecord<String, byte[]>>();
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            WholeTopic.readOn(consumer, ends, record -> {
                if (record.key() != null && record.value() != null) {
                    latest.put(record.key(), record);
                } else if (record.key() != null) {
                    latest.remove(record.key());
                }
            });
            // It may have come further.
            return new Stored(latest, ends.keySet().stream().collect(
                    Collectors.toMap(partition -> partition, partition -> consumer.position(partition))));
        }
    }

    /** @return how many are written; fewer where somebody else has written as well, and all is to be read again */
    int write(List<ProducerRecord<String, byte[]>> anew, Stored stored) {
        int written = 0;
        try {
            for (int from = 0; from < anew.size(); from += AT_ONCE_MAX) {
                var batch = anew.subList(from, Math.min(anew.size(), from + AT_ONCE_MAX));
                producer.beginTransaction();
                if (isOvertaken(sent(batch, stored), stored)) {
                    producer.abortTransaction();
                    return written;
                }
                producer.commitTransaction();
                written += batch.size();
            }
            return written;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new OperationRefused("another one has begun to do the same; this one stops");
        }
    }

    /** Where each stands, by its key. */
    private Map<String, RecordMetadata> sent(List<ProducerRecord<String, byte[]>> batch, Stored stored) {
        var sent = batch.stream().collect(Collectors.toMap(ProducerRecord::key, record -> send(record, stored)));
        producer.flush();
        return sent.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> acknowledged(entry.getValue())));
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Stored stored) {
        var partition = Objects.requireNonNull(stored.latest().get(record.key())).partition();
        return producer.send(new ProducerRecord<>(record.topic(), partition, record.timestamp(),
                record.key().getBytes(StandardCharsets.UTF_8), record.value(), record.headers()));
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationRefused("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }

    /** Whether somebody else wrote one of the names before it stands here, after all was read. */
    private boolean isOvertaken(Map<String, RecordMetadata> sent, Stored stored) {
        var upTo = new HashMap<TopicPartition, Long>();
        sent.values().forEach(own -> upTo.merge(new TopicPartition(own.topic(), own.partition()), own.offset() + 1,
                Math::max));
        var overtaken = new HashSet<String>();
        try (var consumer = connection.consumerOfEverything()) {
            consumer.assign(upTo.keySet());
            upTo.keySet().forEach(
                    partition -> consumer.seek(partition, Objects.requireNonNull(stored.ends().get(partition))));
            WholeTopic.readOn(consumer, upTo, record -> {
                var own = record.key() == null ? null : sent.get(record.key());
                if (own != null && record.offset() < own.offset()) {
                    overtaken.add(record.key());
                }
            });
        }
        return !overtaken.isEmpty();
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        return consumer.partitionsFor(NAME, KafkaConnection.CALL_MAX).stream()
                .map(partition -> new TopicPartition(NAME, partition.partition())).toList();
    }

    /** What was not committed comes to nothing. */
    @Override
    public void close() {
        producer.close(KafkaConnection.CALL_MAX);
    }
}
