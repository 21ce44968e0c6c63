package io.campaignlauncher.messaging;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while a Kafka broker answers: without one no request is taken and no work begun. */
final class KafkaHealth extends AbstractHealthIndicator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admin admin;

    KafkaHealth(KafkaSettings settings) {
        super("Kafka did not answer");
        var properties = settings.client("health");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        admin = Admin.create(properties);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        var nodes = admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        builder.status(nodes.isEmpty() ? "DOWN" : "UP").withDetail("brokers", nodes.size());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
