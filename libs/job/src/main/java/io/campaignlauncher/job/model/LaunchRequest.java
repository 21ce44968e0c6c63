package io.campaignlauncher.job.model;

import org.jspecify.annotations.Nullable;

/**
 * What someone asks for. Null where the caller left it to the service.
 *
 * @param adSetCount   ad sets wanted
 * @param adCount      ads wanted; counts for FOR_ADS
 * @param variations   what its slots have of their own
 * @param webhook      told at the end
 * @param priority     0 (last) to 9 (first)
 * @param ownership    whose job it becomes
 * @param startAt      when it begins, ISO 8601, without an offset in the account's time zone; null: at once
 * @param mediaUpload  whose files its creatives may name; null: they name contents alone
 */
public record LaunchRequest(String idempotencyKey, String userId, String adAccountId, String credentialId,
        @Nullable Strategy strategy, @Nullable Integer adSetCount, @Nullable Integer adCount, @Nullable String pageId,
        @Nullable String pixelId, CampaignSpec campaign, AdSetSpec adSet, AdSpec ad, @Nullable Integer retryBudget,
        @Nullable RollbackPolicy rollbackPolicy, @Nullable DuplicateName duplicateName, @Nullable String webhook,
        int priority, Ownership ownership, Variations variations, @Nullable String startAt,
        @Nullable String mediaUpload) {

    /** One that begins at once, whose slots are all alike, and that does not say whose job it becomes. */
    public LaunchRequest(String idempotencyKey, String userId, String adAccountId, String credentialId,
            @Nullable Strategy strategy, @Nullable Integer adSetCount, @Nullable Integer adCount,
            @Nullable String pageId, @Nullable String pixelId, CampaignSpec campaign, AdSetSpec adSet, AdSpec ad,
            @Nullable Integer retryBudget, @Nullable RollbackPolicy rollbackPolicy,
            @Nullable DuplicateName duplicateName, @Nullable String webhook, int priority) {
        this(idempotencyKey, userId, adAccountId, credentialId, strategy, adSetCount, adCount, pageId, pixelId,
                campaign, adSet, ad, retryBudget, rollbackPolicy, duplicateName, webhook, priority, Ownership.LOCAL,
                Variations.NONE, null, null);
    }

    /** The same as somebody's job. */
    public LaunchRequest ownedBy(Ownership newOwnership) {
        return new LaunchRequest(idempotencyKey, userId, adAccountId, credentialId, strategy, adSetCount, adCount,
                pageId, pixelId, campaign, adSet, ad, retryBudget, rollbackPolicy, duplicateName, webhook, priority,
                newOwnership, variations, startAt, mediaUpload);
    }

    /** The same with slots that have this of their own. */
    public LaunchRequest varied(Variations newVariations) {
        return new LaunchRequest(idempotencyKey, userId, adAccountId, credentialId, strategy, adSetCount, adCount,
                pageId, pixelId, campaign, adSet, ad, retryBudget, rollbackPolicy, duplicateName, webhook, priority,
                ownership, newVariations, startAt, mediaUpload);
    }

    /** The same whose ads are made of this. */
    public LaunchRequest withAd(AdSpec newAd) {
        return new LaunchRequest(idempotencyKey, userId, adAccountId, credentialId, strategy, adSetCount, adCount,
                pageId, pixelId, campaign, adSet, newAd, retryBudget, rollbackPolicy, duplicateName, webhook, priority,
                ownership, variations, startAt, mediaUpload);
    }

    /** The same, which begins then. */
    public LaunchRequest startingAt(@Nullable String newStartAt) {
        return new LaunchRequest(idempotencyKey, userId, adAccountId, credentialId, strategy, adSetCount, adCount,
                pageId, pixelId, campaign, adSet, ad, retryBudget, rollbackPolicy, duplicateName, webhook, priority,
                ownership, variations, newStartAt, mediaUpload);
    }

    /** The same, whose creatives may name the files of this upload. */
    public LaunchRequest withMediaOf(@Nullable String newMediaUpload) {
        return new LaunchRequest(idempotencyKey, userId, adAccountId, credentialId, strategy, adSetCount, adCount,
                pageId, pixelId, campaign, adSet, ad, retryBudget, rollbackPolicy, duplicateName, webhook, priority,
                ownership, variations, startAt, newMediaUpload);
    }
}
