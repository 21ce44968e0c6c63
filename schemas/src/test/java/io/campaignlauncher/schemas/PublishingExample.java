package io.campaignlauncher.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** What docs/topics.md shows of publishing a request, word for word. */
final class PublishingExample {

    private PublishingExample() {}

    static void publish(Producer<String, byte[]> producer, Instant now) throws Exception {
        // @formatter:off
        // [example]
        CreateCampaign request = CreateCampaign.newBuilder()
                .setIdempotencyKey("summer-2026").setUserId("u-1").setAdAccountId("act_1001").setCredentialId("default")
                .setStrategy(Strategy.ONE_FIFTY_ONE)
                .setCampaign(new CampaignSpec("Summer sale", "OUTCOME_SALES", List.of(), Map.of()))
                .setAdSet(new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS",
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}", Map.of()))
                .setAd(new AdSpec(
                        "{\"object_story_spec\":{\"page_id\":\"1000000001\","
                                + "\"link_data\":{\"link\":\"https://example.com\",\"message\":\"Hello\"}}}", Map.of()))
                .setPageId("1000000001").setPixelId("2000000001")
                .build();
        producer.send(new LaunchRecords().createCampaign(request, "/shop", now)).get();
        // [end of example]
        // @formatter:on
    }
}
