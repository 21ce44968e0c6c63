package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.model.WebhookAddress;
import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.notify.model.DeliveryResponse;
import io.campaignlauncher.job.notify.model.DeliveryRules;
import io.campaignlauncher.job.notify.model.Signing;
import io.campaignlauncher.job.notify.model.Verdict;
import io.campaignlauncher.job.webhook.WebhookSecrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt at a delivery and notes what came of it. An attempt that was interrupted is left to the end of its lease. */
final class DeliveryAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempts.class);

    private final WebhookDeliveries deliveries;
    private final DeliverySigning signing;
    private final WebhookSecrets webhooks;
    private final DeliveryRules rules;
    private final WebhookMeters meters;
    private final Clock clock;
    /** So that many attempts at once take one of the database's connections, not all of those that decisions need. */
    private final ReentrantLock database = new ReentrantLock();

    DeliveryAttempts(WebhookDeliveries deliveries, DeliverySigning signing, WebhookSecrets webhooks,
            DeliveryRules rules, WebhookMeters meters, Clock clock) {
        this.deliveries = deliveries;
        this.signing = signing;
        this.webhooks = webhooks;
        this.rules = rules;
        this.meters = meters;
        this.clock = clock;
    }

    /** Blocks for as long as the attempt may take. */
    void deliver(Delivery delivery, WebhookSender sender) {
        var secrets = alone(() -> signing.of(delivery, clock.instant()));
        var response = switch (secrets) {
            case Signing.With with -> sender.send(delivery, with, clock.instant());
            case Signing.NotNow(var reason) -> new DeliveryResponse.Unanswered(reason);
            case Signing.NoMore(var reason) -> new DeliveryResponse.NotAllowed(reason);
        };
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        alone(() -> {
            var verdict = rules.after(delivery, response, clock.instant());
            note(delivery, verdict, clock.instant());
            if (secrets instanceof Signing.With with && with.webhookId() != null) {
                webhooks.noteOutcome(with.webhookId(), error(verdict), clock.instant());
            }
            return verdict;
        });
    }

    private <T> T alone(Supplier<T> call) {
        database.lock();
        try {
            return call.get();
        } finally {
            database.unlock();
        }
    }

    private static @Nullable String error(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Delivered _ -> null;
            case Verdict.TryAgain(_, var error) -> WebhookDeliveries.line(error);
            case Verdict.GiveUp(var error) -> WebhookDeliveries.line(error);
        };
    }

    private void note(Delivery delivery, Verdict verdict, Instant now) {
        switch (verdict) {
            case Verdict.Delivered _ -> {
                if (deliveries.delivered(delivery, now)) {
                    meters.delivered(Duration.between(delivery.happenedAt(), now));
                }
            }
            case Verdict.TryAgain(var at, var error) -> {
                if (deliveries.tryAgain(delivery, at, error)) {
                    meters.count(WebhookMeters.Outcome.FAILED);
                    LOG.debug("{} to {} failed: {}", delivery, WebhookAddress.shown(delivery.address()), error);
                }
            }
            case Verdict.GiveUp(var error) -> {
                if (deliveries.giveUp(delivery, now, error)) {
                    meters.count(WebhookMeters.Outcome.GIVEN_UP);
                    LOG.warn("{} to {} is given up: {}", delivery, WebhookAddress.shown(delivery.address()), error);
                }
            }
        }
    }
}
