package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.webhook.WebhookSecrets;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.ThrottledWarning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Delivers what is due, many at a time and only so many to one host, and notes what came of it. What is under way when the
 * process ends is delivered again by whoever finds it due.
 */
final class WebhookCourier implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookCourier.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);
    private static final Duration PURGE_PAUSE = Duration.ofHours(1);

    private final WebhookDeliveries deliveries;
    private final WebhookSettings settings;
    private final DeliveryAttempts attempts;
    private final Supplier<WebhookSender> senders;
    private final WebhookSecrets webhooks;
    private final boolean wanted;
    private final Clock clock;
    private final Progress progress;
    private final ThrottledWarning warning;
    private final Map<String, Integer> busyHosts = new ConcurrentHashMap<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private Instant purgedAt = Instant.MIN;
    private @Nullable Running running;

    /** What there is only while it runs. */
    private record Running(WebhookSender sender, ScheduledExecutorService rounds, ExecutorService deliverers) {}

    /**
     * @param progress told after each poll for what is due; an attempt that hangs is left to the end of its lease
     */
    WebhookCourier(WebhookDeliveries deliveries, WebhookSecrets webhooks, DeliverySigning signing,
            WebhookSettings settings, Supplier<WebhookSender> senders, WebhookMeters meters, Progress progress,
            Clock clock) {
        this.deliveries = deliveries;
        this.settings = settings;
        this.attempts = new DeliveryAttempts(deliveries, signing, webhooks, settings.rules(), meters, clock);
        this.senders = senders;
        this.webhooks = webhooks;
        this.wanted = signing.isOffered();
        this.progress = progress;
        this.clock = clock;
        this.warning = new ThrottledWarning(LOG, clock);
    }

    @Override
    public boolean isAutoStartup() {
        return wanted;
    }

    @Override
    public synchronized void start() {
        var started = new Running(senders.get(),
                Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("webhook-rounds").factory()),
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 1).factory()));
        busyHosts.clear();
        running = started;
        progress.made();
        started.rounds.scheduleWithFixedDelay(() -> round(started), 0, settings.poll().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void round(Running on) {
        called.set(false);
        try {
            purge();
            while (beginDue(on) > 0) {
                // Until nothing is due, or no more may be under way.
            }
            warning.over();
            progress.made();
        } catch (RuntimeException | LinkageError e) {
            if (!on.rounds.isShutdown()) {
                warning.warn("notifications that are due cannot be looked for", e);
            }
        }
    }

    private int beginDue(Running on) {
        var busy = Map.copyOf(busyHosts);
        int room = settings.atOnce() - busy.values().stream().mapToInt(Integer::intValue).sum();
        if (room <= 0 || on.rounds.isShutdown()) {
            return 0;
        }
        var now = clock.instant();
        var claimed = deliveries.claim(now, now.plus(settings.lease()), room, settings.perHost(), busy);
        claimed.forEach(delivery -> begin(delivery, on));
        return claimed.size();
    }

    private void begin(Delivery delivery, Running on) {
        busyHosts.merge(delivery.host(), 1, Integer::sum);
        on.deliverers.execute(() -> {
            try {
                attempts.deliver(delivery, on.sender);
            } catch (RuntimeException e) {
                warning.warn("a notification cannot be signed, or what came of it cannot be noted; it is sent again",
                        e);
            } finally {
                busyHosts.computeIfPresent(delivery.host(), (_, count) -> count == 1 ? null : count - 1);
                callForNextRound(on);
            }
        });
    }

    private void callForNextRound(Running on) {
        if (called.compareAndSet(false, true)) {
            try {
                on.rounds.execute(() -> round(on));
            } catch (RejectedExecutionException stopping) {
                // Whoever runs next finds what is due.
            }
        }
    }

    private void purge() {
        var now = clock.instant();
        if (now.isAfter(purgedAt.plus(PURGE_PAUSE)) && deliveries.purge(now.minus(settings.keep())) == 0) {
            webhooks.forgetEnded(now);
            purgedAt = now;
        }
    }

    @Override
    public synchronized void stop() {
        var stopping = running;
        if (stopping == null) {
            return;
        }
        running = null;
        progress.rests();
        // Not interrupted: that breaks the connection of a query under way.
        stopping.rounds.shutdown();
        stopping.deliverers.shutdown();
        try {
            stopping.rounds.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (!stopping.deliverers.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping.deliverers.shutdownNow();
                stopping.deliverers.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            stopping.deliverers.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            stopping.sender.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
