package io.campaignlauncher.job.model;

import java.util.List;
import java.util.Map;

/** What the campaign is made of. @param graphFields further Graph fields, values as JSON text */
public record CampaignSpec(String name, String objective, List<String> specialAdCategories,
        Map<String, String> graphFields) {

    public CampaignSpec {
        specialAdCategories = List.copyOf(specialAdCategories);
        graphFields = Map.copyOf(graphFields);
    }
}
