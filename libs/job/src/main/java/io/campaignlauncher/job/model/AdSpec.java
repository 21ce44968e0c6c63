package io.campaignlauncher.job.model;

import java.util.Map;

/** What every ad is made of. @param creative JSON text, for Facebook as it is */
public record AdSpec(String creative, Map<String, String> graphFields) {

    public AdSpec {
        graphFields = Map.copyOf(graphFields);
    }
}
