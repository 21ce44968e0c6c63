package io.campaignlauncher.job.notify.model;

import io.campaignlauncher.job.notify.model.DeliveryResponse.Answered;
import io.campaignlauncher.job.notify.model.DeliveryResponse.NotAllowed;
import io.campaignlauncher.job.notify.model.DeliveryResponse.Unanswered;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a delivery is tried again, and when no more.
 *
 * @param firstDelay after the first failure; doubles with each
 * @param maxDelay   the longest pause
 * @param giveUpAfter from when it was noted; the last attempt is made then
 */
public record DeliveryRules(Duration firstDelay, Duration maxDelay, Duration giveUpAfter) {

    private static final int GONE = 410;
    private static final int JITTER_STEPS = 1024;

    public DeliveryRules {
        if (!firstDelay.isPositive() || maxDelay.compareTo(firstDelay) < 0 || giveUpAfter.compareTo(maxDelay) < 0) {
            throw new IllegalArgumentException("launch.webhook: need 0 < first-delay <= max-delay <= give-up-after");
        }
    }

    public Verdict after(Delivery delivery, DeliveryResponse response, Instant now) {
        return switch (response) {
            case Answered(var status, _) when status >= 200 && status < 300 -> new Verdict.Delivered();
            case Answered(var status, _) when status == GONE ->
                new Verdict.GiveUp("answered " + GONE + ": it wants no more");
            case Answered(var status, var retryAfter) when status >= 300 && status < 400 ->
                later(delivery, "answered " + status + "; redirects are not followed", retryAfter, now);
            case Answered(var status, var retryAfter) -> later(delivery, "answered " + status, retryAfter, now);
            case NotAllowed(var reason) -> new Verdict.GiveUp(reason);
            case Unanswered(var reason) -> later(delivery, reason, null, now);
        };
    }

    private Verdict later(Delivery delivery, String error, @Nullable Duration retryAfter, Instant now) {
        var end = delivery.notedAt().plus(giveUpAfter);
        if (!now.isBefore(end)) {
            return new Verdict.GiveUp(error);
        }
        var next = now.plus(pause(delivery, retryAfter));
        return new Verdict.TryAgain(next.isAfter(end) ? end : next, error);
    }

    /** No shorter than the receiver asks for, and never longer than the longest. */
    private Duration pause(Delivery delivery, @Nullable Duration retryAfter) {
        var delay = delay(delivery);
        if (retryAfter == null || retryAfter.compareTo(delay) <= 0) {
            return delay;
        }
        return retryAfter.compareTo(maxDelay) < 0 ? retryAfter : maxDelay;
    }

    /**
     * The pause doubles with each attempt up to the longest, less up to a fifth of it, so that notifications that failed together do
     * not come back together. The same notification and attempt always get the same pause.
     */
    Duration delay(Delivery delivery) {
        var doublings = Math.min(delivery.attempt() - 1, 30);
        var doubled = firstDelay.compareTo(maxDelay.dividedBy(1L << doublings)) > 0 ? maxDelay
                : firstDelay.multipliedBy(1L << doublings);
        var step = Math.floorMod(31 * delivery.id().hashCode() + delivery.attempt(), JITTER_STEPS);
        return doubled.minus(doubled.dividedBy(5).multipliedBy(step).dividedBy(JITTER_STEPS));
    }
}
