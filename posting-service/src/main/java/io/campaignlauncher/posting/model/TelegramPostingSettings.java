package io.campaignlauncher.posting.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How posts are made; properties {@code telegram.*} and {@code launch.posting.*}.
 *
 * @param timeout          how long one request may take; {@code telegram.timeout}
 * @param settleDelay      how long after its end a request may still post; {@code telegram.settle-delay}. An assumption: Telegram
 *     promises no bound
 * @param scanGap          ids without a message in a row after which the end of a channel is reached; {@code telegram.scan-gap}
 * @param maxAttempts      attempts that may be looked for in vain, then a person decides; {@code telegram.max-attempts}
 * @param perChatInterval  between two posts in a channel; {@code telegram.per-chat-interval}
 * @param overallPerSecond requests of the bot; 0: no bound, for tests; {@code telegram.overall-per-second}
 * @param logChannel       where posts are rehearsed and read; null: none, then a post is known by its place alone
 * @param lease            how long a worker has a channel to itself without renewing it
 * @param channelsAtOnce   channels that this process works on together
 */
public record TelegramPostingSettings(Duration timeout, Duration settleDelay, int scanGap, int maxAttempts,
        Duration perChatInterval, int overallPerSecond, @Nullable Long logChannel, Duration lease,
        int channelsAtOnce) {

    /** From the commit of an attempt to the first byte of its request. Later nothing is sent. */
    public static final Duration SEND_WITHIN = Duration.ofSeconds(5);
    public static final Duration TIMEOUT = Duration.ofSeconds(60);
    public static final Duration SETTLE_DELAY = Duration.ofSeconds(120);
    public static final int SCAN_GAP = 20;
    public static final int MAX_ATTEMPTS = 3;
    public static final Duration PER_CHAT_INTERVAL = Duration.ofSeconds(3);
    public static final int OVERALL_PER_SECOND = 25;
    public static final Duration LEASE = Duration.ofSeconds(30);
    public static final int CHANNELS_AT_ONCE = 16;

    public TelegramPostingSettings {
        positive("telegram.timeout", timeout);
        positive("telegram.settle-delay", settleDelay);
        positive("telegram.scan-gap", scanGap);
        positive("telegram.max-attempts", maxAttempts);
        positive("launch.posting.channels-at-once", channelsAtOnce);
        if (overallPerSecond < 0) {
            throw new IllegalArgumentException("telegram.overall-per-second must be 0 (no bound) or more: "
                    + overallPerSecond);
        }
        if (perChatInterval.isNegative()) {
            throw new IllegalArgumentException("telegram.per-chat-interval must be 0 or more: " + perChatInterval);
        }
        if (logChannel != null && logChannel >= 0) {
            throw new IllegalArgumentException("telegram.log-channel must be the id of a channel, a negative number: "
                    + logChannel);
        }
        if (lease.compareTo(SEND_WITHIN.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("launch.posting.lease must be 10 s or more: " + lease);
        }
    }

    public static TelegramPostingSettings defaults() {
        return new TelegramPostingSettings(TIMEOUT, SETTLE_DELAY, SCAN_GAP, MAX_ATTEMPTS, PER_CHAT_INTERVAL,
                OVERALL_PER_SECOND, null, LEASE, CHANNELS_AT_ONCE);
    }

    public TelegramPostingSettings withLogChannel(@Nullable Long chatId) {
        return new TelegramPostingSettings(timeout, settleDelay, scanGap, maxAttempts, perChatInterval,
                overallPerSecond, chatId, lease, channelsAtOnce);
    }

    /** From the commit of an attempt to the end of its request, at most. */
    public Duration attemptMax() {
        return SEND_WITHIN.plus(timeout);
    }

    /** Whether a post is known by its marker, and not by its place alone. */
    public boolean readsPosts() {
        return logChannel != null;
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more: " + value);
        }
    }
}
