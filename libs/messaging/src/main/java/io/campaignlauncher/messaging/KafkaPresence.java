package io.campaignlauncher.messaging;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Asks whether Kafka is there, over a connection of its own that waits no longer than a moment. */
final class KafkaPresence implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admin admin;

    KafkaPresence(KafkaSettings settings) {
        admin = new KafkaClients(settings).admin("health", PATIENCE);
    }

    /** @return how many brokers there are @throws ExecutionException or TimeoutException when none answers */
    int brokers() throws ExecutionException, InterruptedException, TimeoutException {
        return admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).size();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
