package io.campaignlauncher.graph;

import io.campaignlauncher.telemetry.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Facebook says of an access token, as {@code GET debug_token} answers it: also of one that is not valid with status 200.
 *
 * @param why       what is wrong with it, in Facebook's words and without the token; matters for one that is not valid
 * @param expiresAt null: never
 * @param scopes    its permissions; empty: Facebook did not say
 * @param appId     whose token it is; empty: Facebook did not say
 */
public record DebuggedToken(boolean valid, String why, @Nullable Instant expiresAt, List<String> scopes,
        String appId) {

    /** The permission without which nothing can be created. */
    public static final String ADS_MANAGEMENT = "ads_management";
    public static final String PATH = "debug_token";

    private static final int WHY_MAX = 300;

    /** What to ask with. */
    public static Map<String, String> parameters(AccessToken asked) {
        return Map.of("input_token", asked.value());
    }

    /** Empty where Facebook did not say whether the token is valid. */
    public static Optional<DebuggedToken> of(JsonNode body, AccessToken asked) {
        var data = body.path("data");
        if (!data.path("is_valid").isBoolean()) {
            return Optional.empty();
        }
        var expiresAt = data.path("expires_at").asLong(0);
        var why = data.path("error").path("message").asString("Facebook gave no reason").replace(asked.value(), "•••");
        return Optional.of(new DebuggedToken(data.path("is_valid").asBoolean(),
                PlainText.cut(PlainText.oneLine(why), WHY_MAX),
                expiresAt == 0 ? null : Instant.ofEpochSecond(expiresAt),
                data.path("scopes").valueStream().map(scope -> scope.asString("")).toList(),
                data.path("app_id").asString("")));
    }

    /** Whether it expired before then. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** Whether Facebook names its permissions, and that one is not among them. */
    public boolean lacksAdsManagement() {
        return !scopes.isEmpty() && !scopes.contains(ADS_MANAGEMENT);
    }
}
