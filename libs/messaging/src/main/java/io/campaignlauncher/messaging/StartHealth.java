package io.campaignlauncher.messaging;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.Disposable;

/** Up once the topics are there and credentials and kill switches were read: before that a worker takes no work. */
final class StartHealth extends AbstractHealthIndicator implements AutoCloseable {

    private final AtomicBoolean ready = new AtomicBoolean();
    private final Disposable waiting;

    StartHealth(Readiness readiness) {
        waiting = readiness.ready().subscribe(null, null, () -> ready.set(true));
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(ready.get() ? "UP" : "OUT_OF_SERVICE");
    }

    @Override
    public void close() {
        waiting.dispose();
    }
}
