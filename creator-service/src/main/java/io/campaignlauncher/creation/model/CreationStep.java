package io.campaignlauncher.creation.model;

import io.campaignlauncher.schemas.PlannedEntity;
import java.util.List;

/** One HTTP request that creates something. */
public sealed interface CreationStep {

    /** Create operations in the request. */
    int mutations();

    /** The campaign, alone. */
    record NewCampaign(PlannedEntity campaign) implements CreationStep {

        @Override
        public int mutations() {
            return 1;
        }
    }

    /** A branch: an ad set and its first ads in one batch. A batch never holds two ad sets of one campaign. */
    record NewAdSet(PlannedEntity adSet, List<PlannedEntity> ads) implements CreationStep {

        public NewAdSet {
            ads = List.copyOf(ads);
        }

        @Override
        public int mutations() {
            return 1 + ads.size();
        }
    }

    /** Ads under ad sets that exist, in one batch. */
    record MoreAds(List<Child> ads) implements CreationStep {

        public MoreAds {
            ads = List.copyOf(ads);
        }

        @Override
        public int mutations() {
            return ads.size();
        }
    }

    /**
     * An ad and where it goes.
     *
     * @param fresh the ad set was made or found in this very round, so that Facebook may not see it everywhere yet
     */
    record Child(PlannedEntity ad, String adSetId, boolean fresh) {}
}
