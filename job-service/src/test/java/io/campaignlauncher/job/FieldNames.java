package io.campaignlauncher.job;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Names of further Graph fields, good and bad, and requests with one of them: the same for both ways in. */
public final class FieldNames {

    public static final List<String> PARTS = List.of("campaign", "adSet", "ad");
    /** What decides what a call does, or makes a second parent; in whatever clothes. */
    private static final List<String> CONTROL = List.of("batch", "method", "ids", "asyncbatch", "include_headers",
            "suppress_http_code", "access_token", "appsecret_proof", "adset_spec", "campaign_spec", "execution_options",
            "date_format", "name", "adlabels", "campaign_id", "adset_id", "file", "relative_url", "status[]");
    /** Fields that each part may be given, with a value that fits. */
    private static final Map<String, Set<String>> GOOD = Map.of(
            "campaign", Set.of("bid_strategy", "spend_cap", "start_time"),
            "adSet", Set.of("bid_amount", "end_time", "attribution_spec"),
            "ad", Set.of("conversion_domain", "tracking_specs", "bid_amount"));

    private FieldNames() {}

    /** Names that no part may be given, and a few that one may. */
    public static Arbitrary<String> any() {
        var control = Arbitraries.of(CONTROL);
        var clothes = Arbitraries.of("%s", " %s", "%s ", "%s[0]", "%s.x", "%s%%00", "\u0000%s", "%s&", "a&%s",
                "\u202e%s",
                "%s\ufeff", "%s=");
        var dressed = control.flatMap(name -> clothes.map(form -> form.formatted(name)));
        var shouted = control.map(name -> Character.toUpperCase(name.charAt(0)) + name.substring(1));
        return Arbitraries.oneOf(control, dressed, shouted, Arbitraries.strings().ofMaxLength(80),
                Arbitraries.of(GOOD.values().stream().flatMap(Set::stream).toList()));
    }

    public static boolean good(String part, String name) {
        return GOOD.get(part).contains(name);
    }

    /** Whether what is said of the name is known without knowing all names that may be given. */
    public static boolean decided(String part, String name) {
        return good(part, name) || CONTROL.stream().anyMatch(name.toLowerCase(java.util.Locale.ROOT)::contains)
                || !name.matches("[a-z_]+");
    }

    /** A good request but for this one field. */
    public static CreateCampaign request(String part, String name) {
        var given = Map.of(name, "1");
        return CreateCampaign.newBuilder()
                .setIdempotencyKey("k")
                .setUserId("u")
                .setAdAccountId("act_1001")
                .setCredentialId("default")
                .setStrategy(Strategy.FOR_ALL)
                .setAdSetCount(2)
                .setCampaign(new CampaignSpec("Fern sale", "OUTCOME_TRAFFIC", List.of(),
                        part.equals("campaign") ? given : Map.of()))
                .setAdSet(new AdSetSpec(2000L, "IMPRESSIONS", "LINK_CLICKS",
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}", part.equals("adSet") ? given : Map.of()))
                .setAd(new AdSpec("{\"creative_id\":\"1\"}", part.equals("ad") ? given : Map.of()))
                .build();
    }
}
