package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Makes every topic of the catalogue and its dead-letter topic where they are missing, as soon as a broker is there, and
 * changes none that exists. It holds nobody up meanwhile: who needs the topics waits for {@link #ready()}. One that exists and loses
 * what is needed is told, and holds its {@link Progress} up until it is mended.
 */
public final class TopicAdministrator implements SmartLifecycle, Readiness {

    /** Before everything that reads or writes. */
    static final int PHASE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(TopicAdministrator.class);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration VISIBLE_LOOK = Duration.ofMillis(20);

    private final KafkaClients clients;
    private final KafkaNames names;
    private final TopicReplication replication;
    private final @Nullable Progress progress;
    private final RetryLoop retries;
    private final ThrottledWarnings mistakes;
    private final BackgroundThread thread = new BackgroundThread("topic-administrator", this::makeTopics);
    private final Sinks.Empty<Void> made = Sinks.empty();

    /** Does not check topics that exist: it is enough that one service does. */
    public TopicAdministrator(KafkaSettings settings, Clock clock) {
        this(settings, null, clock);
    }

    /** @param progress what topics that lose what is needed hold up; null: they are not checked */
    public TopicAdministrator(KafkaSettings settings, @Nullable Progress progress, Clock clock) {
        this.names = settings.names();
        this.replication = settings.replication();
        this.progress = progress;
        this.mistakes = new ThrottledWarnings("topics", LOG, clock);
        this.clients = new KafkaClients(settings);
        this.retries = new RetryLoop("waiting for Kafka at " + settings.bootstrapServers(), LOG, clock);
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
        retries.until(thread, () -> {
            var admin = clients.admin("topics");
            try {
                makeMissing(admin, thread);
            } finally {
                KafkaClients.close(admin);
            }
            made.tryEmitEmpty();
        });
        if (progress != null) {
            retries.until(thread, this::tellWhatOneBrokerKeepsAlone);
        }
        while (progress != null && thread.goesOn()) {
            retries.until(thread, () -> check(progress));
            if (progress.heldUpBy() == null) {
                return;
            }
            thread.pause(LOOK_AGAIN);
        }
    }

    private void tellWhatOneBrokerKeepsAlone() throws ExecutionException, InterruptedException {
        var admin = clients.admin("topics");
        try {
            var topics = Arrays.stream(Topic.values()).map(topic -> names.onKafka(topic.topicName())).toList();
            var replicas = admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()).mapToInt(partition -> partition.replicas().size())
                    .min().orElseThrow();
            var minInsync = admin.describeConfigs(topics.stream().map(TopicAdministrator::resource).toList()).all()
                    .get().values().stream().mapToInt(TopicAdministrator::minInsync).min().orElseThrow();
            replication.concern(replicas, minInsync, admin.describeCluster().nodes().get().size()).ifPresent(LOG::warn);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.info("how often topics are kept is not looked at: {}", e.getCause().getMessage());
        } finally {
            KafkaClients.close(admin);
        }
    }

    private static int minInsync(Config topic) {
        return Integer.parseInt(topic.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
    }

    private void check(Progress progress) throws ExecutionException, InterruptedException {
        var admin = clients.admin("topics");
        try {
            var found = mistakes(admin);
            found.forEach(mistakes::warn);
            if (found.isEmpty()) {
                progress.rests();
            } else {
                progress.held(String.join("; ", found));
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.info("the topics' settings may not be read, and are not checked: {}", e.getCause().getMessage());
            progress.rests();
        } finally {
            KafkaClients.close(admin);
        }
    }

    private List<String> mistakes(Admin admin) throws ExecutionException, InterruptedException {
        var resources = Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                .map(topic -> resource(names.onKafka(topic))).toList();
        var described = admin.describeConfigs(resources).all().get();
        return Arrays.stream(Topic.values()).flatMap(topic -> {
            var name = names.onKafka(topic.topicName());
            var letters = names.onKafka(topic.deadLetterName());
            return Stream.concat(TopicNeeds.mistakes(topic, name, setting(described, name)),
                    TopicNeeds.mistakesOfDeadLetters(letters, setting(described, letters)));
        }).toList();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** @param described of every topic that was asked about: Kafka answers all of them or fails */
    private static Function<String, @Nullable String> setting(Map<ConfigResource, Config> described, String topic) {
        var config = Objects.requireNonNull(described.get(resource(topic)));
        return name -> {
            var entry = config.get(name);
            return entry == null ? null : entry.value();
        };
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
                newTopic(names.onKafka(topic.topicName()), topic.partitions(), Topic.RECORD_BYTES_MAX,
                        topic.settings()),
                newTopic(names.onKafka(topic.deadLetterName()), 1, Topic.LETTER_BYTES_MAX,
                        Map.of("retention.ms", "-1")));
    }

    private NewTopic newTopic(String name, int partitions, int recordBytesMax, Map<String, String> topicSettings) {
        var factor = replication.factor();
        var configs = new HashMap<>(topicSettings);
        // Said of each topic, because a broker's default may be less than what our producers send.
        configs.put("max.message.bytes", Integer.toString(recordBytesMax));
        if (replication.minInsync() != -1) {
            configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Short.toString(replication.minInsync()));
        }
        return new NewTopic(name, Optional.of(partitions), factor == -1 ? Optional.empty() : Optional.of(factor))
                .configs(configs);
    }
}
