package io.campaignlauncher.job.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.axon.Requests;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Phase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that Kafka or the feed itself can make nothing of: nothing lets them come about, but an event store may hold one. */
class UnpublishableEventsIT {

    private static FeedUnderTest feeds;

    @BeforeAll
    static void startInfrastructure() throws Exception {
        feeds = new FeedUnderTest("unpublishable_events");
    }

    @AfterEach
    void stopFeeds() throws Exception {
        feeds.stopFeeds();
    }

    @AfterAll
    static void close() throws Exception {
        feeds.close();
    }

    @Test
    void passes_over_an_event_that_is_larger_than_a_record_and_ends_its_job() {
        feeds.startFeed();
        var large = feeds.acceptAndPass(largerThanARecord());
        var small = feeds.acceptAndPass();

        await().untilAsserted(() -> assertThat(feeds.eventsOf(small))
                .extracting(r -> r.message().getSchema().getName()).contains("CreationRequested"));
        await().until(() -> feeds.host.jobs.state(large).phase() == Phase.ROLLING_BACK);
        assertThat(feeds.eventsOf(large)).extracting(r -> r.message().getSchema().getName())
                .startsWith("JobAccepted", "PreVerificationRequested", "PreVerificationCompleted")
                .doesNotContain("CreationRequested");
        assertThat(feeds.host.jobs.state(large).rollback().reason()).contains("1048576");
        await().untilAsserted(() -> assertThat(letters(large)).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.value()).isNull();
            assertThat(FeedUnderTest.header(letter, "ce_type")).isEqualTo("CreationRequested");
            assertThat(FeedUnderTest.header(letter, "dlt-topic")).isEqualTo("event_store.domain_events");
            assertThat(FeedUnderTest.header(letter, "dlt-reason")).contains("RecordTooLargeException");
            assertThat(Integer.parseInt(FeedUnderTest.header(letter, "dlt-value-bytes"))).isGreaterThan(1 << 20);
        }));
    }

    @ParameterizedTest
    @CsvSource({ "no time, {}, JobAccepted", "2026-03-29T12:00:00Z, no json, JobAccepted",
        "2026-03-29T12:00:00Z, {}, CreationRequested", "no time, {}, CreationRequested" })
    void passes_over_a_row_that_is_damaged(String time, String metaData, String type) {
        feeds.startFeed();
        var damaged = UUID.randomUUID().toString();
        var parkedBefore = feeds.host.meters.counter("feed.parked").count();
        feeds.jdbc
                .sql("""
                        insert into event_store.domain_events (event_identifier, aggregate_identifier, sequence_number, time_stamp,
                            payload_type, payload, meta_data) values (?, ?, 0, ?, ?, '\\x0102', convert_to(?, 'UTF8'))""")
                .params(damaged, damaged, time, type, metaData).update();
        var behind = feeds.acceptAndPass();

        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(behind)).hasSize(4));
        await().untilAsserted(() -> assertThat(letters(damaged)).hasSize(1).allSatisfy(
                letter -> assertThat(FeedUnderTest.header(letter, "ce_id")).isEqualTo(damaged)));
        // A feed that starts may meet once more what was passed over before.
        assertThat(feeds.host.meters.counter("feed.parked").count()).isGreaterThan(parkedBefore);
    }

    private static List<ConsumerRecord<String, byte[]>> letters(String jobId) {
        return feeds.letters().stream()
                .filter(letter -> FeedUnderTest.header(letter, "ce_subject").equals(jobId)).toList();
    }

    private static LaunchRequest largerThanARecord() {
        var plain = Requests.forAll(UUID.randomUUID().toString(), 200);
        var text = "\"" + "y".repeat(90_000) + "\"";
        var fields = Stream.of("audience_id", "conversion_domain", "creative_asset_groups_spec", "display_sequence",
                "engagement_audience", "priority", "tracking_specs")
                .collect(Collectors.toMap(name -> name, _ -> text));
        return new LaunchRequest(plain.idempotencyKey(), plain.userId(), plain.adAccountId(), plain.credentialId(),
                plain.strategy(), plain.adSetCount(), plain.adCount(), plain.pageId(), plain.pixelId(),
                new CampaignSpec("漢".repeat(386), plain.campaign().objective(),
                        plain.campaign().specialAdCategories(), Map.of()),
                plain.adSet(), new AdSpec(plain.ad().creative(), fields), plain.retryBudget(), plain.rollbackPolicy(),
                plain.duplicateName(), plain.webhook(), plain.priority());
    }
}
