package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.StartTime;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Variations;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.schemas.Quoted;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.ArrayList;
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

    /** The same request with its name as Facebook keeps it, its start and every JSON text in its canonical form; a further field that is null counts as left out. */
    public static LaunchRequest canonical(LaunchRequest r) {
        var campaign = new CampaignSpec(KeptName.of(r.campaign().name()), r.campaign().objective(),
                r.campaign().specialAdCategories(), canonical("campaign.graphFields", r.campaign().graphFields()));
        var adSet = new AdSetSpec(r.adSet().dailyBudget(), r.adSet().billingEvent(), r.adSet().optimizationGoal(),
                canonical("adSet.targeting", r.adSet().targeting()),
                canonical("adSet.graphFields", r.adSet().graphFields()));
        var ad = new AdSpec(canonical("ad.creative", r.ad().creative()),
                canonical("ad.graphFields", r.ad().graphFields()));
        var variations = canonical(r.variations());
        return new LaunchRequest(r.idempotencyKey(), r.userId(), r.adAccountId(), r.credentialId(), r.strategy(),
                r.adSetCount(), r.adCount(), r.pageId(), r.pixelId(), campaign, adSet, ad, r.retryBudget(),
                r.rollbackPolicy(), r.duplicateName(), r.webhook(), r.priority(), r.ownership(), variations,
                r.startAt() == null ? null : StartTime.canonical(r.startAt()), r.mediaUpload());
    }

    private static Variations canonical(Variations variations) {
        var adSets = new ArrayList<ListedAdSet>();
        for (var adSet : variations.adSets()) {
            var path = "adSets[" + adSets.size() + "].";
            var ads = new ArrayList<ListedAd>();
            for (var ad : adSet.ads()) {
                var adPath = path + "ads[" + ads.size() + "].";
                ads.add(new ListedAd(kept(ad.name()), canonicalOrNull(adPath + "creative", ad.creative()),
                        canonical(adPath + "graphFields", ad.graphFields())));
            }
            adSets.add(new ListedAdSet(kept(adSet.name()), adSet.dailyBudget(), adSet.billingEvent(),
                    adSet.optimizationGoal(), canonicalOrNull(path + "targeting", adSet.targeting()),
                    canonical(path + "graphFields", adSet.graphFields()), ads));
        }
        return new Variations(kept(variations.adSetName()), kept(variations.adName()), variations.texts(),
                variations.links(), adSets, variations.numberRepeatedNames());
    }

    private static @Nullable String kept(@Nullable String name) {
        return name == null ? null : KeptName.of(name);
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
                new Ownership(m.getTenant(), m.getOwner()), variations(m), m.getStartAt(), m.getMediaUpload());
    }

    private static Variations variations(CreateCampaign m) {
        var adSets = m.getAdSets().stream().map(adSet -> new ListedAdSet(adSet.getName(), adSet.getDailyBudget(),
                adSet.getBillingEvent(), adSet.getOptimizationGoal(), adSet.getTargeting(), adSet.getGraphFields(),
                adSet.getAds().stream().map(ad -> new ListedAd(ad.getName(), ad.getCreative(), ad.getGraphFields()))
                        .toList()))
                .toList();
        return new Variations(m.getAdSetName(), m.getAdName(), m.getTexts(), m.getLinks(), adSets,
                m.getNumberRepeatedNames());
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
                .setAdSet(toAvro(r.adSet()))
                .setAd(toAvro(r.ad()))
                .setRetryBudget(r.retryBudget())
                .setRollbackPolicy(toAvro(r.rollbackPolicy()))
                .setDuplicateName(toAvro(r.duplicateName()))
                .setWebhook(r.webhook())
                .setPriority(r.priority())
                .setTenant(r.ownership().tenant())
                .setOwner(r.ownership().owner())
                .setAdSetName(r.variations().adSetName())
                .setAdName(r.variations().adName())
                .setTexts(r.variations().texts())
                .setLinks(r.variations().links())
                .setAdSets(r.variations().adSets().stream().map(LaunchRequests::toAvro).toList())
                .setNumberRepeatedNames(r.variations().numberRepeatedNames())
                .setStartAt(r.startAt())
                .setMediaUpload(r.mediaUpload())
                .build();
    }

    /** As commands to creators hold it. */
    public static io.campaignlauncher.schemas.AdSetSpec toAvro(AdSetSpec spec) {
        return new io.campaignlauncher.schemas.AdSetSpec(spec.dailyBudget(), spec.billingEvent(),
                spec.optimizationGoal(), spec.targeting(), spec.graphFields());
    }

    /** As commands to creators hold it. */
    public static io.campaignlauncher.schemas.AdSpec toAvro(AdSpec spec) {
        return new io.campaignlauncher.schemas.AdSpec(spec.creative(), spec.graphFields());
    }

    private static io.campaignlauncher.schemas.ListedAdSet toAvro(ListedAdSet adSet) {
        return new io.campaignlauncher.schemas.ListedAdSet(adSet.name(), adSet.dailyBudget(), adSet.billingEvent(),
                adSet.optimizationGoal(), adSet.targeting(), adSet.graphFields(),
                adSet.ads().stream().map(ad -> new io.campaignlauncher.schemas.ListedAd(ad.name(), ad.creative(),
                        ad.graphFields())).toList());
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

    private static @Nullable String canonicalOrNull(String field, @Nullable String text) {
        return text == null ? null : canonical(field, text);
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
            case AS_LISTED -> Strategy.AS_LISTED;
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
            case AS_LISTED -> io.campaignlauncher.schemas.Strategy.AS_LISTED;
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
