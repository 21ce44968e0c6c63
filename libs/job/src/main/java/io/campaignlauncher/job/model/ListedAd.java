package io.campaignlauncher.job.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ad with what it has of its own; the rest is every ad's.
 *
 * @param name        null: as the ads are named that name nothing
 * @param creative    JSON text, instead of every ad's; null: that one
 * @param graphFields further Graph fields, values as JSON text; each instead of every ad's of its name
 */
public record ListedAd(@Nullable String name, @Nullable String creative, Map<String, String> graphFields) {

    public ListedAd {
        graphFields = Map.copyOf(graphFields);
    }
}
