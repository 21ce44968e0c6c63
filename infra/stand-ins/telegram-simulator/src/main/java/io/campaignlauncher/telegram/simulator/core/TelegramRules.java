package io.campaignlauncher.telegram.simulator.core;

import java.time.Duration;

/**
 * What the simulated Telegram allows and shows.
 *
 * @param latency              of an answer
 * @param limited              whether a chat takes one message a second and 20 a minute, and a bot sends 30 a second
 * @param showsPostsOfOtherBots whether a bot gets updates about the posts of other bots; reports of the real one go both ways
 */
public record TelegramRules(Duration latency, boolean limited, boolean showsPostsOfOtherBots) {

    public static final TelegramRules DEFAULTS = new TelegramRules(Duration.ZERO, true, false);

    public TelegramRules {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency must not be negative: " + latency);
        }
    }

    public TelegramRules withLatency(Duration newLatency) {
        return new TelegramRules(newLatency, limited, showsPostsOfOtherBots);
    }

    public TelegramRules withoutLimits() {
        return new TelegramRules(latency, false, showsPostsOfOtherBots);
    }

    public TelegramRules withPostsOfOtherBots() {
        return new TelegramRules(latency, limited, true);
    }
}
