package io.campaignlauncher.standalone;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Strategy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** What an app that launches campaigns does: store a token over HTTP once, then publish requests on Kafka. */
final class UpstreamApp {

    static final String PAGE = "1000000001";
    static final String PIXEL = "2000000001";
    static final long DAILY_BUDGET = 2000;
    static final String BILLING_EVENT = "IMPRESSIONS";
    static final String OPTIMIZATION_GOAL = "OFFSITE_CONVERSIONS";
    static final String TARGETING = "{\"geo_locations\":{\"countries\":[\"US\"]}}";
    static final String CREATIVE = """
            {"object_story_spec":{"page_id":"1000000001",\
            "link_data":{"link":"https://example.com","message":"Hello"}}}""";

    static final String CREDENTIAL = "default";

    private static final Duration BLOCK_MAX = Duration.ofSeconds(60);

    private final KafkaSettings kafka;
    private final URI api;

    UpstreamApp(KafkaSettings kafka, URI api) {
        this.kafka = kafka;
        this.api = api;
    }

    void storeToken(String accessToken) throws IOException, InterruptedException {
        var body = "{\"accessToken\":\"" + accessToken.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        var request = HttpRequest.newBuilder(api.resolve("/v1/credentials/" + CREDENTIAL))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 204) {
                throw new IOException(
                        "the access token was not stored: " + response.statusCode() + " " + response.body());
            }
        }
    }

    static CreateCampaign request(String adAccountId, int adSets, Instant now) {
        return CreateCampaign.newBuilder()
                .setIdempotencyKey(UUID.randomUUID().toString())
                .setUserId("demo")
                .setAdAccountId(adAccountId)
                .setCredentialId(CREDENTIAL)
                .setStrategy(Strategy.ONE_FIFTY_ONE)
                .setAdSetCount(adSets)
                .setPageId(PAGE)
                .setPixelId(PIXEL)
                .setCampaign(new CampaignSpec("Summer sale " + now.truncatedTo(ChronoUnit.MILLIS), "OUTCOME_SALES",
                        List.of(), Map.of()))
                .setAdSet(new AdSetSpec(DAILY_BUDGET, BILLING_EVENT, OPTIMIZATION_GOAL, TARGETING, Map.of()))
                .setAd(new AdSpec(CREATIVE, Map.of()))
                .build();
    }

    /** @param records that sign as somebody who may ask, where that is needed */
    void publish(CreateCampaign request, LaunchRecords records, Instant now)
            throws ExecutionException, InterruptedException {
        try (var producer = new KafkaClients(kafka).producer("demo", BLOCK_MAX)) {
            producer.send(records.createCampaign(request, "/demo", now)).get();
        }
    }
}
