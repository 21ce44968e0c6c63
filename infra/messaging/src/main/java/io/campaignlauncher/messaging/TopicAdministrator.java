package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Makes every topic of the catalogue and its dead-letter topic where they are missing, as soon as a broker is there, and
 * changes none that exists. It holds nobody up meanwhile: who needs the topics waits for {@link #ready()}.
 */
public final class TopicAdministrator implements SmartLifecycle, Readiness {

    /** Before everything that reads or writes. */
    static final int PHASE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(TopicAdministrator.class);

    private static final Duration VISIBLE_LOOK = Duration.ofMillis(20);

    private final KafkaClients clients;
    private final KafkaSettings settings;
    private final Insistence insistence;
    private final BackgroundThread thread = new BackgroundThread("topic-administrator", this::makeTopics);
    private final Sinks.Empty<Void> made = Sinks.empty();

    public TopicAdministrator(KafkaSettings settings, Clock clock) {
        this.settings = settings;
        this.clients = new KafkaClients(settings);
        this.insistence = new Insistence("waiting for Kafka at " + settings.bootstrapServers(), LOG, clock);
    }

    @Override
    public Mono<Void> ready() {
        return made.asMono().publishOn(Schedulers.parallel());
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.interrupt().join();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void makeTopics(BackgroundThread thread) {
        insistence.until(thread, () -> {
            var admin = clients.admin();
            try {
                makeMissing(admin, thread);
            } finally {
                KafkaClients.close(admin);
            }
            made.tryEmitEmpty();
        });
    }

    private void makeMissing(Admin admin, BackgroundThread thread) throws ExecutionException, InterruptedException {
        var existing = admin.listTopics().names().get();
        var missing = Arrays.stream(Topic.values())
                .flatMap(this::withDeadLetters)
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        for (var result : admin.createTopics(missing).values().values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        while (thread.goesOn() && !areVisible(admin, missing)) {
            thread.pause(VISIBLE_LOOK);
        }
        awaitLeaders(admin, missing);
        LOG.info("made the topics {}", missing.stream().map(NewTopic::name).collect(Collectors.joining(", ")));
    }

    /** A new topic can be used a moment later than it was made. */
    private static boolean areVisible(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        try {
            var described = admin.describeTopics(topics.stream().map(NewTopic::name).toList()).allTopicNames().get();
            return described.values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    /** Only a leader that has taken over tells offsets; until one has, the client asks again. */
    private static void awaitLeaders(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        admin.listOffsets(topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())))
                .all()
                .get();
    }

    private Stream<NewTopic> withDeadLetters(Topic topic) {
        return Stream.of(
                newTopic(topic.topicName(), topic.partitions(), Topic.RECORD_BYTES_MAX, topic.settings()),
                newTopic(topic.deadLetterName(), 1, Topic.LETTER_BYTES_MAX, Map.of("retention.ms", "-1")));
    }

    private NewTopic newTopic(String name, int partitions, int recordBytesMax, Map<String, String> topicSettings) {
        var factor = settings.replicationFactor();
        var configs = new HashMap<>(topicSettings);
        // Said of each topic, because a broker's default may be less than what our producers send.
        configs.put("max.message.bytes", Integer.toString(recordBytesMax));
        return new NewTopic(name, Optional.of(partitions), factor == -1 ? Optional.empty() : Optional.of(factor))
                .configs(configs);
    }
}
