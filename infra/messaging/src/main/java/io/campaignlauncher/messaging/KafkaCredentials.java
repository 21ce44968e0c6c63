package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.CredentialStored;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Access tokens on the compacted topic {@code credentials}, encrypted there and plain in this process's memory only. Every
 * instance reads the whole topic when it starts and goes on reading; it is {@link #ready()} once it has read what was there.
 */
public final class KafkaCredentials implements Credentials, Readiness, SmartLifecycle {

    /** Ready before listeners work, and stopped after them. */
    static final int PHASE = 1;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaCredentials.class);
    private static final int ID_LENGTH_MAX = 100;
    private static final Duration CALL_MAX = Duration.ofSeconds(2);
    private static final Duration POLL_MAX = Duration.ofMillis(100);
    private static final Duration STORE_MAX = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final Readiness topics;
    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final TokenCipher cipher;
    private final String source;
    private final Clock clock;
    private final Scheduler results = Schedulers.parallel();
    private final Insistence insistence;
    private final BackgroundThread thread = new BackgroundThread("credentials", this::read);
    private final Sinks.Empty<Void> readOnce = Sinks.empty();
    private final Map<String, Sinks.Empty<Void>> awaited = new ConcurrentHashMap<>();
    private volatile CredentialTokens tokens;

    /**
     * @param topics ready when the topic is there
     * @param source the CloudEvents source of what this instance stores, e.g. {@code /job-service}
     */
    public KafkaCredentials(KafkaSettings settings, Readiness topics, RecordPublisher publisher, LaunchRecords records,
            TokenCipher cipher, String source, Clock clock) {
        this.topics = topics;
        this.clients = new KafkaClients(settings);
        this.publisher = publisher;
        this.records = records;
        this.cipher = cipher;
        this.source = source;
        this.clock = clock;
        this.tokens = new CredentialTokens(records, cipher);
        this.insistence = new Insistence("the credentials cannot be read at " + settings.bootstrapServers(), LOG,
                clock);
    }

    @Override
    public Optional<String> accessToken(String credentialId) {
        return tokens.of(credentialId);
    }

    @Override
    public Mono<Void> store(String credentialId, String accessToken) {
        return Mono.defer(() -> {
            if (credentialId.isBlank() || credentialId.length() > ID_LENGTH_MAX) {
                return Mono.error(new IllegalArgumentException(
                        "a credential's id has 1 to " + ID_LENGTH_MAX + " characters"));
            }
            if (accessToken.isBlank()) {
                return Mono.error(new IllegalArgumentException("an access token may not be blank"));
            }
            var recordId = UUID.randomUUID().toString();
            var seen = Sinks.<Void>empty();
            awaited.put(recordId, seen);
            var message = CredentialStored.newBuilder().setCredentialId(credentialId)
                    .setEncryptedToken(ByteBuffer.wrap(cipher.encrypt(credentialId, accessToken))).build();
            var envelope = Envelope.of(recordId, message.getSchema().getName(), source, credentialId, clock.instant());
            return publisher.publish(records.record(Topic.CREDENTIALS, credentialId, message, envelope))
                    .then(seen.asMono().publishOn(results))
                    .timeout(STORE_MAX)
                    .doFinally(_ -> awaited.remove(recordId));
        });
    }

    @Override
    public Mono<Void> ready() {
        return readOnce.asMono().publishOn(results);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop().join();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void read(BackgroundThread thread) {
        thread.await(topics);
        insistence.until(thread, () -> {
            var consumer = clients.reader();
            try {
                readFrom(consumer, thread);
            } finally {
                KafkaClients.close(consumer);
            }
        });
    }

    private void readFrom(KafkaConsumer<String, byte[]> consumer, BackgroundThread thread) {
        var partitions = consumer.partitionsFor(Topic.CREDENTIALS.topicName(), CALL_MAX).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("the topic " + Topic.CREDENTIALS.topicName() + " is not there");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions, CALL_MAX);
        // Older values come first: until the end is reached, whoever asks gets what was known before.
        var reading = new CredentialTokens(records, cipher);
        while (thread.goesOn()) {
            for (var record : consumer.poll(POLL_MAX)) {
                reading.take(record);
            }
            if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                tokens = reading;
                insistence.works();
                readOnce.tryEmitEmpty();
                reading.drainTaken(this::tellWhoStoredIt);
            }
        }
    }

    private void tellWhoStoredIt(String recordId) {
        var waiting = awaited.remove(recordId);
        if (waiting != null) {
            waiting.tryEmitEmpty();
        }
    }
}
