package io.campaignlauncher.job.model;

import org.jspecify.annotations.Nullable;

/**
 * What someone asks for. Null where the caller left it to the service.
 *
 * @param adSetCount   ad sets wanted
 * @param adCount      ads wanted; counts for FOR_ADS
 * @param webhook      told at the end
 * @param priority     0 (last) to 9 (first)
 */
public record LaunchRequest(String idempotencyKey, String userId, String adAccountId, String credentialId,
        @Nullable Strategy strategy, @Nullable Integer adSetCount, @Nullable Integer adCount, @Nullable String pageId,
        @Nullable String pixelId, CampaignSpec campaign, AdSetSpec adSet, AdSpec ad, @Nullable Integer retryBudget,
        @Nullable RollbackPolicy rollbackPolicy, @Nullable DuplicateName duplicateName, @Nullable String webhook,
        int priority) {}
