package io.campaignlauncher.launchfile;

import io.campaignlauncher.job.model.RequestRules;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/** What a campaign of a file must have before it can be a launch. */
final class CampaignRules {

    /** Of a launch that lists its ad sets. */

    private final Header header;
    private final boolean namesAreNumbered;

    /** @param namesAreNumbered whether names that are there twice get numbers */
    CampaignRules(Header header, boolean namesAreNumbered) {
        this.header = header;
        this.namesAreNumbered = namesAreNumbered;
    }

    void check(CampaignDraft campaign) {
        if (!campaign.draft().says(Columns.OBJECTIVE)) {
            header.needed(campaign.draft().row(), "A campaign has an objective, such as OUTCOME_SALES.",
                    Columns.OBJECTIVE);
        }
        budgets(campaign);
        for (var adSet : campaign.adSets()) {
            adSet(adSet.draft());
        }
        conversions(campaign);
        if (!namesAreNumbered) {
            names(campaign);
        }
        sizes(campaign);
    }

    private void adSet(Draft adSet) {
        if (!adSet.says(Columns.OPTIMIZATION_GOAL)) {
            header.needed(adSet.row(), "An ad set has a goal that it is optimised for, such as LINK_CLICKS.",
                    Columns.OPTIMIZATION_GOAL);
        }
        if (!adSet.says(Columns.BILLING_EVENT)) {
            header.needed(adSet.row(), "Say what is paid for; nearly always it is IMPRESSIONS.", Columns.BILLING_EVENT);
        }
        if (Columns.PLACES.stream().noneMatch(adSet::says)) {
            header.needed(adSet.row(), "Say where the ads are shown, such as US.",
                    Columns.PLACES.toArray(Column[]::new));
        }
    }

    private void conversions(CampaignDraft campaign) {
        var pixels = campaign.adSets().stream().map(adSet -> adSet.draft().value(Columns.PIXEL))
                .filter(pixel -> pixel != null).distinct().count();
        for (var each : campaign.adSets()) {
            var adSet = each.draft();
            var goal = adSet.value(Columns.OPTIMIZATION_GOAL);
            if (goal == null || !LaunchBody.CONVERSION_GOALS.contains(goal.stringValue())) {
                continue;
            }
            if (Columns.CONVERTED.stream().noneMatch(adSet::says)) {
                header.needed(adSet.row(), "An ad set with this goal names the pixel that tells what people do.",
                        Columns.CONVERTED.toArray(Column[]::new));
            } else if (pixels > 1 && adSet.says(Columns.PIXEL) && Columns.EVENTS.stream().noneMatch(adSet::says)) {
                header.needed(adSet.row(),
                        "The ad sets have several pixels: say which event each is for, such as PURCHASE.",
                        Columns.EVENTS.toArray(Column[]::new));
            }
        }
    }

    /** One of the campaign, or one of each ad set. */
    private void budgets(CampaignDraft campaign) {
        var ofCampaign = List.of(Columns.CAMPAIGN_DAILY_BUDGET, Columns.CAMPAIGN_LIFETIME_BUDGET);
        var ofAdSet = List.of(Columns.DAILY_BUDGET, Columns.LIFETIME_BUDGET);
        tooMany(campaign.draft(), ofCampaign, 1, "The campaign has two budgets. Empty one of them.");
        var shared = ofCampaign.stream().anyMatch(campaign.draft()::says);
        for (var adSet : campaign.adSets()) {
            if (shared) {
                tooMany(adSet.draft(), ofAdSet, 0, "The campaign has a budget already. Empty it there, or here.");
            } else if (ofAdSet.stream().noneMatch(adSet.draft()::says)) {
                header.needed(adSet.draft().row(),
                        "Neither the campaign nor this ad set has a budget. Give one of them one.",
                        Stream.concat(ofAdSet.stream(), ofCampaign.stream()).toArray(Column[]::new));
            } else {
                tooMany(adSet.draft(), ofAdSet, 1, "The ad set has two budgets. Empty one of them.");
            }
        }
    }

    private void tooMany(Draft draft, List<Column> columns, int most, String sentence) {
        columns.stream().filter(draft::says).skip(most).forEach(column -> {
            var said = draft.said(column);
            header.wrong(said.row(), column, said.cell().text(), sentence);
        });
    }

    /** By their names entities are told on Facebook. */
    private void names(CampaignDraft campaign) {
        var seen = new HashMap<String, Integer>();
        campaign.ads().forEach(ad -> {
            var before = seen.putIfAbsent(ad.name(), ad.row());
            if (before != null) {
                header.wrong(ad.row(), Columns.AD_NAME, ad.name(), "Row " + before
                        + " of this campaign has an ad of the same name. Change one of them, or let the names be"
                        + " numbered.");
            }
        });
    }

    private void sizes(CampaignDraft campaign) {
        campaign.adSets().stream().skip(RequestRules.AD_SETS_MAX).findFirst().ifPresent(adSet -> header.wrong(
                adSet.draft().row(), Columns.AD_SET_NAME, adSet.name(),
                "A campaign is launched with at most " + RequestRules.AD_SETS_MAX + " ad sets. Make two of it."));
        for (var adSet : campaign.adSets()) {
            adSet.ads().stream().skip(RequestRules.ADS_PER_AD_SET_MAX).findFirst()
                    .ifPresent(ad -> header.wrong(ad.row(),
                            Columns.AD_NAME, ad.name(), "An ad set takes at most " + RequestRules.ADS_PER_AD_SET_MAX
                                    + " ads. Make two of it."));
        }
        campaign.ads().skip(RequestRules.ADS_MAX).findFirst()
                .ifPresent(ad -> header.wrong(ad.row(), Columns.AD_NAME, ad.name(),
                        "A campaign is launched with at most " + RequestRules.ADS_MAX + " ads. Make two of it."));
    }
}
