package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.Case;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.PostStore;
import io.campaignlauncher.telegram.TelegramTransport;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * How a run of the marketplace is made. The defaults keep what the system relies on; tests that want to see it broken change something
 * here.
 *
 * @param posting   how posts are made; all times shorter than in production, in the same proportions
 * @param rules     how commands are decided
 * @param answers   done to the answer of each decision
 * @param posts     put around every worker's store of posts
 * @param telegram  put around every way to Telegram
 * @param lateMost  after the client gave a request up, how much later it may still post and show its post
 * @param skewMost  how far the clock of a machine may be ahead or behind
 * @param roughness multiplies how likely faults are
 * @param only      the faults in force; empty: any, as they are drawn
 */
public record MarketSettings(TelegramPostingSettings posting, BiFunction<Case, IssuedCommand, Decision> rules,
        UnaryOperator<Mono<Decision>> answers, UnaryOperator<PostStore> posts,
        UnaryOperator<TelegramTransport> telegram, Duration lateMost, Duration skewMost, double roughness,
        Set<MarketFault> only) {

    private static final long LOG_CHANNEL = -1_001_000_000_999L;
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration SETTLE_DELAY = Duration.ofSeconds(12);
    private static final Duration SKEW_MOST = Duration.ofMillis(250);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int SCAN_GAP = 6;

    public static MarketSettings defaults() {
        return new MarketSettings(
                new TelegramPostingSettings(TIMEOUT, SETTLE_DELAY, SCAN_GAP, TelegramPostingSettings.MAX_ATTEMPTS,
                        Duration.ofSeconds(1), TelegramPostingSettings.OVERALL_PER_SECOND, LOG_CHANNEL, LEASE,
                        TelegramPostingSettings.CHANNELS_AT_ONCE),
                Market::decide, UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(),
                SETTLE_DELAY.minusSeconds(1), SKEW_MOST, 1, Set.of());
    }

    MarketSettings withPosting(TelegramPostingSettings other) {
        return new MarketSettings(other, rules, answers, posts, telegram, lateMost, skewMost, roughness, only);
    }

    MarketSettings withRules(BiFunction<Case, IssuedCommand, Decision> other) {
        return new MarketSettings(posting, other, answers, posts, telegram, lateMost, skewMost, roughness, only);
    }

    MarketSettings withAnswers(UnaryOperator<Mono<Decision>> other) {
        return new MarketSettings(posting, rules, other, posts, telegram, lateMost, skewMost, roughness, only);
    }

    MarketSettings withPosts(UnaryOperator<PostStore> around) {
        return new MarketSettings(posting, rules, answers, around, telegram, lateMost, skewMost, roughness, only);
    }

    MarketSettings withTelegram(UnaryOperator<TelegramTransport> around) {
        return new MarketSettings(posting, rules, answers, posts, around, lateMost, skewMost, roughness, only);
    }

    public MarketSettings withLateMost(Duration other) {
        return new MarketSettings(posting, rules, answers, posts, telegram, other, skewMost, roughness, only);
    }

    public MarketSettings withSkewMost(Duration other) {
        return new MarketSettings(posting, rules, answers, posts, telegram, lateMost, other, roughness, only);
    }

    public MarketSettings withRoughness(double other) {
        return new MarketSettings(posting, rules, answers, posts, telegram, lateMost, skewMost, other, only);
    }

    /** These faults in every run and no others, for a test that wants to see what they lead to. */
    MarketSettings withOnly(MarketFault... kinds) {
        return new MarketSettings(posting, rules, answers, posts, telegram, lateMost, skewMost, roughness,
                Set.of(kinds));
    }
}
