package io.campaignlauncher.simulator.core;

import java.util.Locale;

/** What a node can be, with the old names that appear in error texts and copy answers. */
public enum ObjectKind {
    CAMPAIGN("AdCampaignGroup", "campaign"),
    AD_SET("AdCampaign", "ad_set"),
    AD("AdGroup", "ad"),
    CREATIVE("AdCreative", "unique_adcreative"),
    LABEL("AdLabel", "ad_label"),
    IMAGE("AdImage", "ad_image"),
    VIDEO("Video", "video"),
    PAGE("Page", "page"),
    PIXEL("AdsPixel", "pixel"),
    ACCOUNT("AdAccount", "account");

    final String nodeType;
    final String copyType;

    ObjectKind(String nodeType, String copyType) {
        this.nodeType = nodeType;
        this.copyType = copyType;
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
