package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.schemas.Quoted;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a launch request into its Avro record, and back. */
public final class LaunchRequests {

    private LaunchRequests() {}

    /**
     * A request as someone published it, in the canonical form that its fingerprint is taken of. A strategy that this version
     * does not know becomes null, which the model's rules refuse.
     *
     * @throws UnreadableRecord naming the field that holds a number beyond the {@linkplain JsonNumbers bounds}
     */
    public static LaunchRequest fromCommand(CreateCampaign command) {
        return canonical(fromAvro(command));
    }

    /** The same request with its name as Facebook keeps it and every JSON text in its canonical form; a further field that is null counts as left out. */
    public static LaunchRequest canonical(LaunchRequest r) {
        var campaign = new CampaignSpec(KeptName.of(r.campaign().name()), r.campaign().objective(),
                r.campaign().specialAdCategories(), canonical("campaign.graphFields", r.campaign().graphFields()));
        var adSet = new AdSetSpec(r.adSet().dailyBudget(), r.adSet().billingEvent(), r.adSet().optimizationGoal(),
                canonical("adSet.targeting", r.adSet().targeting()),
                canonical("adSet.graphFields", r.adSet().graphFields()));
        var ad = new AdSpec(canonical("ad.creative", r.ad().creative()),
                canonical("ad.graphFields", r.ad().graphFields()));
        return new LaunchRequest(r.idempotencyKey(), r.userId(), r.adAccountId(), r.credentialId(), r.strategy(),
                r.adSetCount(), r.adCount(), r.pageId(), r.pixelId(), campaign, adSet, ad, r.retryBudget(),
                r.rollbackPolicy(), r.duplicateName(), r.webhook(), r.priority(), r.ownership());
    }

    /** A request exactly as it was stored. */
    public static LaunchRequest fromAvro(CreateCampaign m) {
        var campaign = new CampaignSpec(m.getCampaign().getName(), m.getCampaign().getObjective(),
                m.getCampaign().getSpecialAdCategories(), m.getCampaign().getGraphFields());
        var adSet = new AdSetSpec(m.getAdSet().getDailyBudget(), m.getAdSet().getBillingEvent(),
                m.getAdSet().getOptimizationGoal(), m.getAdSet().getTargeting(), m.getAdSet().getGraphFields());
        var ad = new AdSpec(m.getAd().getCreative(), m.getAd().getGraphFields());
        return new LaunchRequest(m.getIdempotencyKey(), m.getUserId(), m.getAdAccountId(), m.getCredentialId(),
                strategy(m.getStrategy()), m.getAdSetCount(), m.getAdCount(), m.getPageId(), m.getPixelId(), campaign,
                adSet, ad, m.getRetryBudget(), rollbackPolicy(m.getRollbackPolicy()),
                duplicateName(m.getDuplicateName()), m.getWebhook(), m.getPriority(),
                new Ownership(m.getTenant(), m.getOwner()));
    }

    public static CreateCampaign toAvro(LaunchRequest r) {
        return CreateCampaign.newBuilder()
                .setIdempotencyKey(r.idempotencyKey())
                .setUserId(r.userId())
                .setAdAccountId(r.adAccountId())
                .setCredentialId(r.credentialId())
                .setStrategy(toAvro(r.strategy()))
                .setAdSetCount(r.adSetCount())
                .setAdCount(r.adCount())
                .setPageId(r.pageId())
                .setPixelId(r.pixelId())
                .setCampaign(new io.campaignlauncher.schemas.CampaignSpec(r.campaign().name(), r.campaign().objective(),
                        r.campaign().specialAdCategories(), r.campaign().graphFields()))
                .setAdSet(new io.campaignlauncher.schemas.AdSetSpec(r.adSet().dailyBudget(), r.adSet().billingEvent(),
                        r.adSet().optimizationGoal(), r.adSet().targeting(), r.adSet().graphFields()))
                .setAd(new io.campaignlauncher.schemas.AdSpec(r.ad().creative(), r.ad().graphFields()))
                .setRetryBudget(r.retryBudget())
                .setRollbackPolicy(toAvro(r.rollbackPolicy()))
                .setDuplicateName(toAvro(r.duplicateName()))
                .setWebhook(r.webhook())
                .setPriority(r.priority())
                .setTenant(r.ownership().tenant())
                .setOwner(r.ownership().owner())
                .build();
    }

    private static Map<String, String> canonical(String field, Map<String, String> graphFields) {
        var given = new HashMap<String, String>();
        graphFields.forEach((name, text) -> {
            var json = canonical(field + "." + Quoted.of(name), text);
            if (!json.equals(CanonicalJson.NULL)) {
                given.put(name, json);
            }
        });
        return given;
    }

    private static String canonical(String field, String text) {
        if (CanonicalJson.holdsNumberBeyondBounds(text)) {
            throw new UnreadableRecord(field + " " + JsonNumbers.RULE, null);
        }
        return CanonicalJson.of(text);
    }

    private static @Nullable Strategy strategy(io.campaignlauncher.schemas.Strategy strategy) {
        return switch (strategy) {
            case FOR_ALL -> Strategy.FOR_ALL;
            case ONE_FIFTY_ONE -> Strategy.ONE_FIFTY_ONE;
            case FOR_ADS -> Strategy.FOR_ADS;
            case UNKNOWN -> null;
        };
    }

    private static @Nullable RollbackPolicy rollbackPolicy(
            io.campaignlauncher.schemas.@Nullable RollbackPolicy policy) {
        return switch (policy) {
            case AUTOMATIC -> RollbackPolicy.AUTOMATIC;
            case CONFIRM -> RollbackPolicy.CONFIRM;
            case UNKNOWN -> null;
            case null -> null;
        };
    }

    private static @Nullable DuplicateName duplicateName(io.campaignlauncher.schemas.@Nullable DuplicateName name) {
        return switch (name) {
            case REJECT -> DuplicateName.REJECT;
            case WARN -> DuplicateName.WARN;
            case UNKNOWN -> null;
            case null -> null;
        };
    }

    private static io.campaignlauncher.schemas.Strategy toAvro(@Nullable Strategy strategy) {
        return switch (strategy) {
            case FOR_ALL -> io.campaignlauncher.schemas.Strategy.FOR_ALL;
            case ONE_FIFTY_ONE -> io.campaignlauncher.schemas.Strategy.ONE_FIFTY_ONE;
            case FOR_ADS -> io.campaignlauncher.schemas.Strategy.FOR_ADS;
            case null -> io.campaignlauncher.schemas.Strategy.UNKNOWN;
        };
    }

    private static io.campaignlauncher.schemas.@Nullable RollbackPolicy toAvro(@Nullable RollbackPolicy policy) {
        return switch (policy) {
            case AUTOMATIC -> io.campaignlauncher.schemas.RollbackPolicy.AUTOMATIC;
            case CONFIRM -> io.campaignlauncher.schemas.RollbackPolicy.CONFIRM;
            case null -> null;
        };
    }

    private static io.campaignlauncher.schemas.@Nullable DuplicateName toAvro(@Nullable DuplicateName name) {
        return switch (name) {
            case REJECT -> io.campaignlauncher.schemas.DuplicateName.REJECT;
            case WARN -> io.campaignlauncher.schemas.DuplicateName.WARN;
            case null -> null;
        };
    }
}
