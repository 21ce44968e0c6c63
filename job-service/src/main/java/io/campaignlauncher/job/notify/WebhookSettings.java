package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.notify.model.DeliveryRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notifications are delivered. The secret that signs them is not among these, so that no error about a setting shows it.
 *
 * @param allowPrivateAddresses whether webhooks may be within one's own network, and plain http: for trials on one machine only
 * @param connectTimeout        for the connection to a receiver, and again for TLS on it; not more than timeout
 * @param timeout               for a whole attempt, 5m at most
 * @param firstDelay            pause after the first failure; doubles with each
 * @param maxDelay              the longest pause
 * @param giveUpAfter           how long after it was noted a notification is given up
 * @param atOnce                attempts under way in this process, 1000 at most
 * @param perHost               of these, to one host, 1 or more; not more than at-once
 * @param poll                  how often due ones are polled for, 10ms to 1m
 * @param keep                  how long rows that are done are kept, not less than give-up-after; what happened longer ago is not told any more
 */
@ConfigurationProperties("launch.webhook")
public record WebhookSettings(@DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue("3s") Duration connectTimeout, @DefaultValue("10s") Duration timeout,
        @DefaultValue("5s") Duration firstDelay, @DefaultValue("1h") Duration maxDelay,
        @DefaultValue("24h") Duration giveUpAfter, @DefaultValue("100") int atOnce, @DefaultValue("4") int perHost,
        @DefaultValue("1s") Duration poll, @DefaultValue("30d") Duration keep) {

    /** Beyond the time-out of an attempt: for its row to be read and written. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(30);

    public WebhookSettings {
        if (!connectTimeout.isPositive() || timeout.compareTo(connectTimeout) < 0
                || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("launch.webhook: need 0 < connect-timeout <= timeout <= 5m");
        }
        if (perHost < 1 || atOnce < perHost || atOnce > 1_000) {
            throw new IllegalArgumentException("launch.webhook: need 1 <= per-host <= at-once <= 1000");
        }
        if (poll.compareTo(Duration.ofMillis(10)) < 0 || poll.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("launch.webhook.poll must be 10ms to 1m");
        }
        if (keep.compareTo(giveUpAfter) < 0) {
            throw new IllegalArgumentException("launch.webhook.keep must not be shorter than give-up-after");
        }
        new DeliveryRules(firstDelay, maxDelay, giveUpAfter);
    }

    DeliveryRules rules() {
        return new DeliveryRules(firstDelay, maxDelay, giveUpAfter);
    }

    /** How long whoever took a row has for its attempt; then it counts as lost. */
    Duration lease() {
        return timeout.plus(LEASE_MARGIN);
    }
}
