package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.model.WebhookAddress;
import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.notify.model.DeliveryResponse;
import io.campaignlauncher.job.notify.model.DeliveryRules;
import io.campaignlauncher.job.notify.model.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt at a delivery and notes what came of it. An attempt that was interrupted is left to the end of its lease. */
final class DeliveryAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempts.class);

    private final WebhookDeliveries deliveries;
    private final DeliveryRules rules;
    private final WebhookMeters meters;
    private final Clock clock;
    /** So that many answers at once take one of the database's connections, not all of those that decisions need. */
    private final ReentrantLock noting = new ReentrantLock();

    DeliveryAttempts(WebhookDeliveries deliveries, DeliveryRules rules, WebhookMeters meters, Clock clock) {
        this.deliveries = deliveries;
        this.rules = rules;
        this.meters = meters;
        this.clock = clock;
    }

    /** Blocks for as long as the attempt may take. */
    void deliver(Delivery delivery, WebhookSender sender) {
        var response = sender.send(delivery, clock.instant());
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        noting.lock();
        try {
            note(delivery, response, clock.instant());
        } finally {
            noting.unlock();
        }
    }

    private void note(Delivery delivery, DeliveryResponse response, Instant now) {
        switch (rules.after(delivery, response, now)) {
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
