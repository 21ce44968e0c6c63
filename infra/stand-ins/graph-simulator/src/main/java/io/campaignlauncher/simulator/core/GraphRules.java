package io.campaignlauncher.simulator.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated Facebook allows, and how late it shows things.
 *
 * @param latency                  of an answer to a single call
 * @param batchLatency             of an answer to a batch
 * @param edgeLag                  from creation to being seen on edges
 * @param hiddenById               from creation to being readable by id
 * @param reviewTime               how long an active ad is PENDING_REVIEW
 * @param tier                     the app's access tier: how many points an account has
 * @param mutationsPerSecondMax    changes an account may make in any second; 0: no bound
 * @param objectsMax               live campaigns, ad sets and ads (of each) that an account may have
 * @param adSetsPerCampaignMax     live ad sets in a campaign
 * @param adsPerAdSetMax           live ads in an ad set
 * @param budgetMinMinorUnits      smallest daily budget of an ad set billed by impressions, in US cents
 * @param videos                   how videos are uploaded and encoded
 * @param newAccounts              currency and time zone of accounts that come to be
 * @param appSecret                when given, an {@code appsecret_proof} that is sent must fit it
 */
public record GraphRules(Duration latency, Duration batchLatency, Duration edgeLag, Duration hiddenById,
        Duration reviewTime,
        Tier tier, int mutationsPerSecondMax, int objectsMax, int adSetsPerCampaignMax, int adsPerAdSetMax,
        int budgetMinMinorUnits, VideoRules videos,
        AccountPlace newAccounts, @Nullable String appSecret) {

    /** Points in a sliding 300 s (a read is 1, a write 3), the block that follows, calls per hour. */
    public enum Tier {
        DEVELOPMENT(60, Duration.ofSeconds(300), 300, "development_access"),
        FULL(9000, Duration.ofSeconds(60), 100_000, "standard_access"),
        /** No bound; nothing that Facebook has, but what a benchmark of other limits needs. */
        UNLIMITED(0, Duration.ZERO, 0, "standard_access");

        final int scoreMax;
        final Duration block;
        final int callsPerHour;
        final String header;

        Tier(int scoreMax, Duration block, int callsPerHour, String header) {
            this.scoreMax = scoreMax;
            this.block = block;
            this.callsPerHour = callsPerHour;
            this.header = header;
        }
    }

    public static final GraphRules DEFAULTS = new GraphRules(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO,
            Duration.ofMinutes(1), Tier.FULL, 100, 6000, 200, 50, 100, VideoRules.DEFAULTS, AccountPlace.DEFAULTS,
            null);

    public GraphRules {
        if (latency.isNegative() || batchLatency.isNegative() || edgeLag.isNegative() || hiddenById.isNegative()
                || reviewTime.isNegative()) {
            throw new IllegalArgumentException("durations must not be negative");
        }
        if (mutationsPerSecondMax < 0 || mutationsPerSecondMax > 100_000 || objectsMax < 1 || adSetsPerCampaignMax < 1
                || adsPerAdSetMax < 1 || budgetMinMinorUnits < 0) {
            throw new IllegalArgumentException("limits out of range");
        }
    }

    public GraphRules withLatency(Duration perCall, Duration perBatch) {
        return new GraphRules(perCall, perBatch, edgeLag, hiddenById, reviewTime, tier, mutationsPerSecondMax,
                objectsMax,
                adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, videos, newAccounts, appSecret);
    }

    public GraphRules withReadLag(Duration onEdges, Duration byId) {
        return new GraphRules(latency, batchLatency, onEdges, byId, reviewTime, tier, mutationsPerSecondMax, objectsMax,
                adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, videos, newAccounts, appSecret);
    }

    public GraphRules withReviewTime(Duration time) {
        return new GraphRules(latency, batchLatency, edgeLag, hiddenById, time, tier, mutationsPerSecondMax, objectsMax,
                adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, videos, newAccounts, appSecret);
    }

    public GraphRules withTier(Tier newTier) {
        return new GraphRules(latency, batchLatency, edgeLag, hiddenById, reviewTime, newTier, mutationsPerSecondMax,
                objectsMax, adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, videos, newAccounts, appSecret);
    }

    public GraphRules withMutationsPerSecondMax(int max) {
        return new GraphRules(latency, batchLatency, edgeLag, hiddenById, reviewTime, tier, max, objectsMax,
                adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, videos, newAccounts, appSecret);
    }

    public GraphRules withObjectsMax(int max) {
        return new GraphRules(latency, batchLatency, edgeLag, hiddenById, reviewTime, tier, mutationsPerSecondMax, max,
                adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, videos, newAccounts, appSecret);
    }

    public GraphRules withVideos(VideoRules rules) {
        return new GraphRules(latency, batchLatency, edgeLag, hiddenById, reviewTime, tier, mutationsPerSecondMax,
                objectsMax, adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, rules, newAccounts, appSecret);
    }

    public GraphRules withNewAccounts(AccountPlace place) {
        return new GraphRules(latency, batchLatency, edgeLag, hiddenById, reviewTime, tier, mutationsPerSecondMax,
                objectsMax, adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, videos, place, appSecret);
    }

    public GraphRules withAppSecret(String secret) {
        return new GraphRules(latency, batchLatency, edgeLag, hiddenById, reviewTime, tier, mutationsPerSecondMax,
                objectsMax,
                adSetsPerCampaignMax, adsPerAdSetMax, budgetMinMinorUnits, videos, newAccounts, secret);
    }

    /** Nothing but the rules of objects: no points, no calls per hour, no changes per second, room for a million objects. */
    public GraphRules withoutLimits() {
        return withTier(Tier.UNLIMITED).withMutationsPerSecondMax(0).withObjectsMax(1_000_000);
    }

    @Override
    public String toString() {
        return "GraphRules[" + tier + ", latency " + latency + ", batches " + batchLatency + ", edge lag " + edgeLag
                + "]";
    }
}
