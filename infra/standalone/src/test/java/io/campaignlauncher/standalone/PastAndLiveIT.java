package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.standalone.Services.Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happened to a job, what happens right now, and the page that says how to ask. */
@OnRunningSystem
class PastAndLiveIT {

    private final RunningSystem system;

    PastAndLiveIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void tells_a_job_s_past_and_every_state_it_was_in() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var job = system.launch(request);
        var address = "/v1/jobs/" + RunningSystem.jobId(request);

        var history = system.http().get(address + "/history").body();

        var published = system.published().recordsOf(RunningSystem.jobId(request));
        assertThat(history.path("events").valueStream().map(event -> event.path("eventId").stringValue()))
                .containsExactlyElementsOf(
                        published.stream().map(record -> PublishedRecords.header(record, "ce_id")).toList());
        var causes = history.path("events").valueStream().map(event -> event.path("causationId").isString()).toList();
        assertThat(causes).doesNotContain(false);
        int versions = history.path("events").size();
        assertThat(job.path("version").intValue()).isEqualTo(versions - 1);
        for (int version = 0; version < versions; version++) {
            var state = system.http().get(address + "/state?at=" + version).body();
            assertThat(state.path("version").intValue()).isEqualTo(version);
            var at = history.path("events").get(version).path("at").stringValue();
            assertThat(system.http().get(address + "/state?at=" + at).body().path("version").intValue())
                    .isGreaterThanOrEqualTo(version);
        }
        var now = system.http().get(address + "/state").body();
        for (var field : new String[]{ "status", "requested", "created", "retryCount", "lastError", "campaignName",
            "facebookCampaignId", "version" }) {
            assertThat(now.path(field)).as(field).isEqualTo(job.path(field));
        }
        assertThat(names(now.path("slots"))).isEqualTo(names(system.slots(RunningSystem.jobId(request))));
    }

    private static String names(JsonNode slots) {
        return slots.valueStream().map(slot -> slot.path("name") + "=" + slot.path("facebookId")).toList().toString();
    }

    @Test
    void lets_a_client_follow_a_job_across_a_restart_and_miss_nothing() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofSeconds(1)),
                10, 0);
        // Over HTTP: it may be followed before it has begun.
        assertThat(system.post(request).status()).isEqualTo(202);
        var jobId = RunningSystem.jobId(request);
        try (var follower = new StreamFollower(system, jobId)) {
            await("the creation").atMost(RunningSystem.PATIENCE).until(() -> follower.events().stream()
                    .anyMatch(event -> event.data().path("type").stringValue().equals("CreationRequested")));
            assertThat(follower.sawTheEnd()).isFalse();

            system.services().stop(Service.JOB);
            system.services().start(Service.JOB);

            await("the end").atMost(RunningSystem.PATIENCE).until(follower::sawTheEnd);
            var versions = system.http().get("/v1/jobs/" + jobId + "/history").body().path("events").size();
            assertThat(follower.events()).extracting(StreamFollower.Event::id)
                    .containsExactlyElementsOf(LongStream.range(0, versions).boxed().toList());
            assertThat(follower.connections()).isGreaterThan(1);
            assertThat(follower.events().getLast().data().path("created"))
                    .hasToString("{\"adSets\":50,\"ads\":50}");
        }
    }

    @Test
    void packs_large_answers_for_who_asks_for_it() throws IOException {
        var request = Requests.oneFiftyOne(system.freshAccount(), 20).build();
        system.launch(request);
        for (var part : new String[]{ "/slots", "/history", "/state" }) {
            var path = "/v1/jobs/" + RunningSystem.jobId(request) + part;
            var plain = system.http().raw(path, Map.of());
            var packed = system.http().raw(path, Map.of("accept-encoding", "gzip"));

            assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
            assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(packed.body().length).as(part).isLessThan(plain.body().length / 3);
            try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertThat(JsonMapper.shared().readTree(unpacking)).isEqualTo(
                        JsonMapper.shared().readTree(plain.body()));
            }
        }
    }

    @Test
    void serves_a_page_that_needs_nothing_from_elsewhere() {
        for (var path : new String[]{ "/docs", "/docs/start.js", "/openapi.yaml",
            "/webjars/swagger-ui/swagger-ui-bundle.js", "/webjars/swagger-ui/swagger-ui.css",
            "/webjars/swagger-ui/favicon-32x32.png" }) {
            var answer = system.http().raw(path, Map.of());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).isNotEmpty();
        }
    }
}
