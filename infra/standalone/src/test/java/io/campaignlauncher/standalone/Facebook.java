package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.core.Existing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What really exists on Facebook, by the simulator's own count, and what other people do there. */
final class Facebook {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Simulator simulator;

    Facebook(Simulator simulator) {
        this.simulator = simulator;
    }

    /** A campaign with everything in it. */
    record Campaign(Existing itself, List<Existing> adSets, List<Existing> ads) {

        List<String> adSetNames() {
            return adSets.stream().map(Existing::name).toList();
        }

        List<String> adNames() {
            return ads.stream().map(Existing::name).toList();
        }
    }

    List<Campaign> campaigns(String account) {
        var world = simulator.world();
        return world.campaigns(account).stream()
                .map(campaign -> new Campaign(campaign, world.adSets(campaign.id()), world.ads(campaign.id())))
                .toList();
    }

    /** The campaigns that bear a job's label. */
    List<Campaign> labelled(String account, String label) {
        return campaigns(account).stream().filter(campaign -> campaign.itself().labels().contains(label)).toList();
    }

    /** The one campaign of an account. */
    Campaign campaign(String account) {
        var campaigns = campaigns(account);
        assertThat(campaigns).hasSize(1);
        return campaigns.getFirst();
    }

    /** What Facebook shows of an object. @param fields as the Graph API wants them */
    JsonNode read(String id, String fields) {
        return send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v24.0/" + id + "?fields="
                + URLEncoder.encode(fields, StandardCharsets.UTF_8))).GET());
    }

    /** Somebody deletes an image of an account. */
    void deleteImage(String account, String hash) {
        send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v24.0/" + account + "/adimages?hash=" + hash))
                .DELETE());
    }

    /** Somebody deletes something. */
    void delete(String id) {
        send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v24.0/" + id)).DELETE());
    }

    /** Somebody changes something. */
    void change(String id, Map<String, String> fields) {
        post(id, fields);
    }

    /** Somebody makes something through the Graph API. @return its id */
    String make(String account, String edge, Map<String, String> fields) {
        return post(account + "/" + edge, fields).path("id").asString();
    }

    private JsonNode post(String path, Map<String, String> fields) {
        var form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v24.0/" + path))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            var response = CLIENT.send(request.header("authorization", "Bearer somebody-elses-token").build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String makeCampaign(String account, String name) {
        return make(account, "campaigns", Map.of("name", name, "objective", "OUTCOME_SALES", "status", "PAUSED",
                "special_ad_categories", "[]", "is_adset_budget_sharing_enabled", "false"));
    }

    String makeAdSet(String account, String campaignId, String name) {
        return make(account, "adsets", Map.of("name", name, "campaign_id", campaignId, "status", "PAUSED",
                "daily_budget", "2000", "billing_event", "IMPRESSIONS", "optimization_goal", "REACH", "targeting",
                "{\"geo_locations\":{\"countries\":[\"US\"]}}"));
    }

    String makeAd(String account, String adSetId, String name) {
        return make(account, "ads", Map.of("name", name, "adset_id", adSetId, "status", "PAUSED", "creative",
                "{\"object_story_spec\":{\"page_id\":\"1000000001\",\"link_data\":{\"link\":\"https://example.com\"}}}"));
    }
}
