package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.core.AccountPlace;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A launch that is tried before it is made. */
@OnRunningSystem
class LaunchPreviewIT {

    private static final int ROUNDS = 5;
    private static final int AT_ONCE = 12;
    private static final int PAUSE_MS = 8;
    private static final Executor EXECUTOR = Thread::startVirtualThread;

    private final RunningSystem system;

    LaunchPreviewIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void keeps_nothing_but_a_line_of_the_audit() throws Exception {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        auditIsPublished();
        var stored = system.simulator().world().stored();
        var rows = rows();
        var ends = ends();

        var preview = shown(request);

        assertThat(preview.path("launchable").asBoolean()).as(preview.toString()).isTrue();
        auditIsPublished();
        assertThat(ends().get("audit")).isEqualTo(ends.get("audit") + 2);
        // Whether anybody asks for anything or not, instances say that they are there.
        assertThat(without(ends(), "audit", "feature-levels")).isEqualTo(without(ends, "audit", "feature-levels"));
        assertThat(rows()).isEqualTo(rows);
        assertThat(system.simulator().world().stored()).isEqualTo(stored);
        assertThat(system.post(request).status()).as("its key is not used up").isEqualTo(202);
        system.settled(RunningSystem.jobId(request));
    }

    /** As listed, with one ad set of more ads than go into its request. */
    @ParameterizedTest
    @ValueSource(ints = { 2, 13 })
    void is_launched_by_its_hash_with_these_names_and_so_many_requests(int adsInEach) {
        var request = Requests.listed(system.freshAccount(), 3, adsInEach).build();
        var preview = shown(request);

        var answer = launched(request, preview.path("hash").asString());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(system.settled(RunningSystem.jobId(request)).path("status").asString()).isEqualTo("completed");
        var made = system.facebook().campaign(request.getAdAccountId());
        assertThat(made.itself().name()).isEqualTo(preview.path("names").path("campaign").asString());
        assertThat(made.adSetNames()).containsExactlyInAnyOrderElementsOf(
                preview.path("names").path("adSets").findValuesAsString("name"));
        assertThat(made.adNames()).containsExactlyInAnyOrderElementsOf(preview.path("names").path("adSets")
                .valueStream().flatMap(adSet -> adSet.path("ads").valueStream()).map(JsonNode::asString).toList());
        var traceId = answer.headers().firstValue("traceresponse").orElseThrow().split("-")[1];
        assertThat(system.simulator().requests().ofTrace(traceId))
                .as("what was shown, and the look at the account that the hash asks for")
                .hasSize(preview.path("calls").path("total").asInt()
                        + preview.path("calls").path("checksBefore").asInt());
    }

    /** Whoever is later finds the campaign's name taken, by what was asked for here. */
    @Test
    void is_one_launch_however_many_send_it_by_its_hash_at_once() {
        for (int round = 0; round < ROUNDS; round++) {
            var request = Requests.oneFiftyOne(system.freshAccount(), 1).build();
            var hash = shown(request).path("hash").asString();

            var answers = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                        pause(i);
                        return launched(request, hash);
                    }, EXECUTOR)).toList();

            assertThat(answers).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(202));
        }
    }

    private static void pause(int i) {
        LockSupport.parkNanos(Duration.ofMillis(PAUSE_MS * i).toNanos());
    }

    @Test
    void points_at_a_name_that_is_taken() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.facebook().makeCampaign(request.getAdAccountId(), request.getCampaign().getName());

        var preview = shown(request);

        assertThat(preview.path("launchable").asBoolean()).isFalse();
        assertThat(preview.path("blockers").findValuesAsString("field")).containsExactly("campaign.name");
    }

    @Test
    void points_at_an_account_that_is_suspended() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.simulator().world().accountStatus(request.getAdAccountId(), 2);

        assertThat(shown(request).path("blockers").findValuesAsString("field")).containsExactly("adAccountId");
    }

    @Test
    void counts_yen_as_facebook_does() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.simulator().world().place(request.getAdAccountId(), AccountPlace.of("JPY", "Asia/Tokyo"));

        var price = shown(request).path("price");

        assertThat(price.path("currency").asString()).isEqualTo("JPY");
        assertThat(price.path("timeZone").asString()).isEqualTo("Asia/Tokyo");
        assertThat(price.path("total").path("daily").toString()).isEqualTo("{\"minorUnits\":6000,\"amount\":\"6000\"}");
    }

    @Test
    void points_at_what_facebook_would_refuse() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var body = new HashMap<>(Requests.body(request));
        body.put("ad", Map.of("creative", Map.of("object_story_spec",
                Map.of("page_id", "1000000002", "link_data", Map.of("link", "https://example.com")))));

        var preview = system.http().post("/v1/jobs?dryRun=true", body).body();

        assertThat(preview.path("blockers").findValuesAsString("field")).as(preview.toString())
                .containsExactly("ad.creative");
        assertThat(preview.path("validated").toString()).isEqualTo("[\"campaign\"]");
    }

    @Test
    void says_so_while_facebook_is_away_and_then_launches_nothing_that_names_a_preview() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var hash = shown(request).path("hash").asString();
        system.fault(request.getAdAccountId(), FaultTarget.READ,
                new FaultEffect.Refused(500, 2, null, "Service temporarily unavailable"), 1, 1_000);

        var preview = shown(request);

        assertThat(preview.path("outcome").asString()).as(preview.toString()).isEqualTo("INCONCLUSIVE");
        assertThat(preview.path("names").path("adSets").size()).isEqualTo(3);
        assertThat(launched(request, hash).status()).isEqualTo(503);
        assertThat(system.http().get("/v1/jobs/" + RunningSystem.jobId(request)).status()).isEqualTo(404);
    }

    @Test
    void is_not_launched_by_a_hash_of_what_was_otherwise() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var hash = shown(request).path("hash").asString();
        system.simulator().world().place(request.getAdAccountId(), AccountPlace.of("EUR", "Europe/Berlin"));

        var answer = launched(request, hash);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("errors").findValuesAsString("field")).containsExactly("price", "account");
        assertThat(system.http().get("/v1/jobs/" + RunningSystem.jobId(request)).status()).isEqualTo(404);
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();

        var current = shown(request).path("hash").asString();
        assertThat(launched(request, current).status()).isEqualTo(202);
        system.settled(RunningSystem.jobId(request));
        assertThat(launched(request, hash).status()).as("what is a job is answered as ever").isEqualTo(202);
    }

    private void auditIsPublished() {
        await("the audit is published").until(
                () -> system.sql().sql("select count(*) from audit_unpublished").query(Long.class).single() == 0);
    }

    private JsonNode shown(CreateCampaign request) {
        var answer = system.http().post("/v1/jobs?dryRun=true", Requests.body(request));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private HttpApi.Response launched(CreateCampaign request, String hash) {
        return system.http().post("/v1/jobs", Requests.body(request),
                Map.of("Idempotency-Key", request.getIdempotencyKey(), "Launch-Preview", hash));
    }

    /** What the job-service has of jobs and keys. */
    private Map<String, Long> rows() {
        return List.of("event_store.domain_events", "event_store.campaign_names", "idempotency_keys",
                "campaign_creation_jobs", "entity_creation_slots", "pre_creation_verifications").stream()
                .collect(Collectors.toMap(table -> table,
                        table -> system.sql().sql("select count(*) from " + table).query(Long.class).single()));
    }

    /** How many records each topic has had. */
    private Map<String, Long> ends() throws Exception {
        try (var admin = Admin.create(system.kafka(Map.of()))) {
            var wanted = Arrays.stream(Topic.values())
                    .flatMap(topic -> IntStream.range(0, topic.partitions())
                            .mapToObj(partition -> new TopicPartition(topic.topicName(), partition)))
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
            return admin.listOffsets(wanted).all().get().entrySet().stream().collect(Collectors.groupingBy(
                    entry -> entry.getKey().topic(), Collectors.summingLong(entry -> entry.getValue().offset())));
        }
    }

    private static Map<String, Long> without(Map<String, Long> ends, String... topics) {
        var others = new HashMap<>(ends);
        others.keySet().removeAll(Set.of(topics));
        return others;
    }
}
