package io.campaignlauncher.job.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the older apps' bodies leave out. Null: there is no default, and who leaves it out is told.
 *
 * @param userId           whose launch it is, where an older app does not say
 * @param adAccountId      ad account, where an older app does not say
 * @param credentialId     name of a stored access token, where an older app does not say
 * @param pageId           Facebook page, where an older app does not say
 * @param pixelId          pixel, where an older app does not say
 * @param dailyBudget      daily budget of an ad set in minor units of the account's currency, where an older app does not say
 * @param billingEvent     billing event of an ad set, where an older app does not say
 * @param optimizationGoal optimization goal of an ad set, where an older app does not say
 * @param targeting        targeting of an ad set, a JSON object as text, where an older app does not say
 * @param creative         creative of an ad, a JSON object as text, where an older app does not say
 * @param waitMax          how long an older app waits for the end of a launch
 */
@ConfigurationProperties("launch.older-routes")
public record LegacyRoutesSettings(@Nullable String userId, @Nullable String adAccountId,
        @Nullable String credentialId, @Nullable String pageId, @Nullable String pixelId, @Nullable Long dailyBudget,
        @Nullable String billingEvent, @Nullable String optimizationGoal, @Nullable String targeting,
        @Nullable String creative, @DefaultValue("2m") Duration waitMax) {

    public LegacyRoutesSettings {
        if (!waitMax.isPositive()) {
            throw new IllegalArgumentException("launch.older-routes.wait-max must be positive, got " + waitMax);
        }
        object("targeting", targeting);
        object("creative", creative);
    }

    /** No defaults at all. */
    public static LegacyRoutesSettings none(Duration waitMax) {
        return new LegacyRoutesSettings(null, null, null, null, null, null, null, null, null, null, waitMax);
    }

    /** The JSON object that a setting holds. @throws IllegalArgumentException where it is none */
    static @Nullable ObjectNode object(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            if (JsonMapper.shared().readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // told below, without the text
        }
        throw new IllegalArgumentException("launch.older-routes." + name + " must be a JSON object");
    }
}
