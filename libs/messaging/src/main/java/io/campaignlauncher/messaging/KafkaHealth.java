package io.campaignlauncher.messaging;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while a Kafka broker answers: without one no request is taken and no work begun. Writes no line each time that it is asked. */
final class KafkaHealth implements HealthIndicator {

    private final KafkaPresence kafka;

    KafkaHealth(KafkaPresence kafka) {
        this.kafka = kafka;
    }

    @Override
    public Health health() {
        try {
            var brokers = kafka.brokers();
            return Health.status(brokers == 0 ? "DOWN" : "UP").withDetail("brokers", brokers).build();
        } catch (ExecutionException | TimeoutException e) {
            return Health.down(e).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.down(e).build();
        }
    }
}
