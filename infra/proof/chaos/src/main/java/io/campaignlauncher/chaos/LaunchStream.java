package io.campaignlauncher.chaos;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Small launches, one after another, while it is on. Those that Kafka cannot take at once wait here. */
final class LaunchStream implements AutoCloseable {

    /** What services need for the webhook of a launch. */
    static final Map<String, String> SERVICES = Map.of(
            "launch.webhook.secret", "c2VjcmV0LW9mLXRoZS10cmlhbC13aXRoLXNlcnZlcnMtYXdheQ==",
            "launch.webhook.allow-private-addresses", "true");

    private static final int AD_SETS = 3;
    private static final int ACCOUNTS = 7;
    private static final int WAITS_MAX_MS = 300_000;

    private final LaunchRecords records = new LaunchRecords();
    private final URI webhook;
    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Launch> launches = new CopyOnWriteArrayList<>();
    private final Map<String, Long> askedNanos = new ConcurrentHashMap<>();
    private volatile boolean on;

    /** @param webhook told at the end of each launch */
    LaunchStream(Map<String, Object> kafka, URI webhook, Duration every) {
        this.webhook = webhook;
        kafka.putAll(Map.of("acks", "all", "delivery.timeout.ms", WAITS_MAX_MS, "max.block.ms", WAITS_MAX_MS));
        this.producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        clock.scheduleAtFixedRate(this::ask, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void turn(boolean toOn) {
        on = toOn;
    }

    /** All so far. */
    List<Launch> launches() {
        return launches;
    }

    /** {@link System#nanoTime} when it was handed to Kafka's client. */
    long askedNanos(Launch launch) {
        return Objects.requireNonNull(askedNanos.get(launch.jobId()));
    }

    private void ask() {
        if (on) {
            int number = launches.size() + 1;
            var launch = new Launch("buyer-" + number, "act_" + (6000 + number % ACCOUNTS), "Away " + number, AD_SETS,
                    false);
            var request = CreateCampaign.newBuilder(launch.request()).setWebhook(webhook.toString()).build();
            askedNanos.put(launch.jobId(), System.nanoTime());
            launches.add(launch);
            producer.send(records.createCampaign(request, "/servers-away", Instant.now()));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close(Duration.ofSeconds(1));
    }
}
