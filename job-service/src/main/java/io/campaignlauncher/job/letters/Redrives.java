package io.campaignlauncher.job.letters;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.letters.Redriven.One;
import io.campaignlauncher.job.letters.Redriven.Result;
import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.letters.DeadLetter;
import io.campaignlauncher.messaging.letters.Redrive;
import io.campaignlauncher.messaging.letters.RedriveOvertaken;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Publishes letters again on the topic that they came from, in the order in which they were given up. That it did stands on the {@code
 * .dlt}, in one transaction with the record itself: whoever dies where, a letter is redriven once. Every call blocks.
 */
public final class Redrives {

    /** By one wish; what is left is told. */
    public static final int LETTERS_MAX = 500;
    private static final int TRANSACTION_LETTERS_MAX = 100;
    private static final long TRANSACTION_BYTES_MAX = 4 * 1024 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(Redrives.class);

    private final KafkaClients clients;
    private final LetterTopics kafka;
    private final LetterTable table;
    private final AvroEncoding encoding;
    /** One at a time here: of several on different machines, the one that began last goes on. */
    private final Map<Topic, ReentrantLock> atWork = new EnumMap<>(Topic.class);

    Redrives(KafkaClients clients, LetterTopics kafka, LetterTable table, AvroEncoding encoding) {
        this.clients = clients;
        this.kafka = kafka;
        this.table = table;
        this.encoding = encoding;
        for (var topic : Topic.values()) {
            atWork.put(topic, new ReentrantLock());
        }
    }

    /**
     * A letter with what is on Kafka alone.
     *
     * @param headers that are known and have their shape
     * @param value   with its texts masked; null: it was not asked for, or there is none
     * @param mistake why there is no value although it was asked for; null: there is
     */
    public record Shown(Letter letter, Map<String, String> headers, @Nullable JsonNode value,
            @Nullable String mistake) {}

    /** Empty where Kafka has it no more. @throws KafkaException where Kafka does not answer */
    public Optional<Shown> shown(Letter letter, boolean withValue) {
        var found = new AtomicReference<@Nullable Shown>();
        kafka.read(letter.place().topic(), List.of(letter.place()),
                record -> found.set(shown(letter, new DeadLetter(record), withValue)));
        return Optional.ofNullable(found.get());
    }

    private Shown shown(Letter letter, DeadLetter record, boolean withValue) {
        var value = record.value();
        var headers = record.ownHeadersShown();
        if (!withValue || value == null) {
            return new Shown(letter, headers, null, withValue ? "It has no value." : null);
        }
        try {
            return new Shown(letter, headers, MaskedValue.of(encoding, letter.type(), value), null);
        } catch (UnreadableRecord e) {
            // What is unreadable may be quoted in the reason.
            LOG.debug("a dead letter cannot be read", e);
            return new Shown(letter, headers, null, "It cannot be read as what it says that it is.");
        }
    }

    /**
     * @param filter not empty
     * @param again  also those that were redriven already
     * @throws KafkaException where Kafka does not answer, and nothing was published
     */
    public Redriven redrive(Visibility visible, LetterFilter filter, boolean again) {
        var meant = table.toRedrive(visible, filter, again, LETTERS_MAX);
        int left = table.count(visible, filter, again) - meant.size();
        return new Redriven(redrive(meant, again), Math.max(left, 0));
    }

    /** Of one letter. @return empty where there is no such letter */
    public Optional<Redriven> redrive(Visibility visible, LetterPlace place, boolean again) {
        return table.letter(visible, place).map(letter -> new Redriven(redrive(List.of(letter), again), 0));
    }

    private List<One> redrive(List<Letter> meant, boolean again) {
        var byTopic = new LinkedHashMap<Topic, List<Letter>>();
        meant.forEach(letter -> byTopic.computeIfAbsent(letter.place().topic(), _ -> new ArrayList<>()).add(letter));
        var results = new ArrayList<One>();
        byTopic.forEach((topic, letters) -> {
            var lock = atWork.get(topic);
            if (lock == null) {
                throw new IllegalStateException("no lock for " + topic);
            }
            lock.lock();
            try {
                redrive(topic, letters, again, results);
            } catch (KafkaException e) {
                if (results.isEmpty()) {
                    throw e;
                }
                LOG.warn("dead letters of {} could not be redriven: {}", topic.topicName(), e.toString());
                unpublished(letters, results, Result.UNKNOWN,
                        "Kafka did not answer. Look whether it still waits; to redrive it again does no harm.");
            } finally {
                lock.unlock();
            }
        });
        return results;
    }

    private void redrive(Topic topic, List<Letter> letters, boolean again, List<One> results) {
        // Before it is looked what was redriven: what another had begun is over then, one way or the other.
        try (var redrive = new Redrive(clients, topic)) {
            kafka.catchUp(topic);
            var next = new ArrayList<LetterPlace>();
            for (var letter : letters) {
                var now = table.letter(Visibility.everything(), letter.place()).orElse(letter);
                if (now.obstacle() != null) {
                    results.add(new One(now.place(), Result.IMPOSSIBLE, now.obstacle()));
                } else if (now.redrivenAt() != null && !again) {
                    results.add(new One(now.place(), Result.ALREADY, "It was redriven already."));
                } else {
                    next.add(now.place());
                }
            }
            publish(redrive, topic, next, results);
        } catch (RedriveOvertaken e) {
            unpublished(letters, results, Result.OVERTAKEN,
                    "Another redrive of this topic began meanwhile and goes on in its place.");
        }
    }

    private void publish(Redrive redrive, Topic topic, List<LetterPlace> places, List<One> results) {
        var batch = new Batch(redrive, topic, results);
        kafka.read(topic, places, batch::add);
        batch.publish();
        var done = results.stream().map(One::place).toList();
        places.stream().filter(place -> !done.contains(place)).forEach(
                place -> results.add(new One(place, Result.IMPOSSIBLE, "Kafka has it no more.")));
    }

    /** Letters of one transaction. */
    private final class Batch {

        private final Redrive redrive;
        private final Topic topic;
        private final List<One> results;
        private final List<DeadLetter> letters = new ArrayList<>();
        private final List<LetterPlace> places = new ArrayList<>();
        private long bytes;

        Batch(Redrive redrive, Topic topic, List<One> results) {
            this.redrive = redrive;
            this.topic = topic;
            this.results = results;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            letters.add(new DeadLetter(record));
            places.add(new LetterPlace(topic, record.partition(), record.offset()));
            bytes += Math.max(record.serializedValueSize(), 0);
            if (letters.size() == TRANSACTION_LETTERS_MAX || bytes >= TRANSACTION_BYTES_MAX) {
                publish();
            }
        }

        void publish() {
            if (letters.isEmpty()) {
                return;
            }
            redrive.publish(letters);
            // Who dies here leaves the note on the topic, from which the table learns it.
            table.redriven(places);
            places.forEach(place -> results.add(new One(place, Result.REDRIVEN, "")));
            letters.clear();
            places.clear();
            bytes = 0;
        }
    }

    private static void unpublished(List<Letter> letters, List<One> results, Result result, String detail) {
        var done = results.stream().map(One::place).toList();
        letters.stream().map(Letter::place).filter(place -> !done.contains(place))
                .forEach(place -> results.add(new One(place, result, detail)));
    }
}
