package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.readmodel.ScriptedJob;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HistoryReadsIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static HttpApi api;
    private static ScriptedJob job;

    @BeforeAll
    static void start() {
        api = new HttpApi("history_reads", HttpSettings.defaults());
        job = ScriptedJob.accepted("u", "k", 2, T0).completed();
        api.readModel.store(List.of(job));
    }

    @Test
    void tells_every_event_with_its_time_cause_and_payload() {
        var history = read("/v1/jobs/" + job.jobId() + "/history");
        assertThat(history.path("jobId").stringValue()).isEqualTo(job.jobId().toString());
        assertThat(history.path("events").valueStream().map(event -> event.path("type").stringValue()))
                .containsExactlyElementsOf(job.history().stream().map(event -> event.type()).toList());
        assertThat(history.path("events").get(0).path("payload").path("request").path("userId").stringValue())
                .isEqualTo("u");
        assertThat(history.path("events").get(8).path("at").stringValue()).isEqualTo("2026-01-01T00:00:04Z");
    }

    @ParameterizedTest
    @ValueSource(strings = { "3", "2026-01-01T00:00:02Z", "2026-01-01T00:00:02.999Z", "2026-01-01T01:00:02+01:00",
        "2026-01-01T01:00:02%2B01:00" })
    void ends_at_the_point_asked_for(String at) {
        assertThat(read("/v1/jobs/" + job.jobId() + "/history?at=" + at).path("events")).hasSize(4);
        var state = read("/v1/jobs/" + job.jobId() + "/state?at=" + at);
        assertThat(state.path("version").intValue()).isEqualTo(3);
        assertThat(state.path("status").stringValue()).isEqualTo("in_progress");
        assertThat(state.path("phase").stringValue()).isEqualTo("creating");
        assertThat(state.path("slots")).hasSize(5)
                .allSatisfy(slot -> assertThat(slot.path("status").stringValue()).isEqualTo("creating"));
    }

    @Test
    void tells_only_what_comes_after_a_version() {
        var path = "/v1/jobs/" + job.jobId() + "/history";
        assertThat(versions(path + "?after=3")).containsExactly(4, 5, 6, 7, 8);
        assertThat(versions(path + "?after=3&at=5")).containsExactly(4, 5);
        assertThat(versions(path + "?after=8")).isEmpty();
        assertThat(versions(path + "?after=99")).isEmpty();
        for (var after : new String[]{ "", "-1", "x", "99999999999999999999" }) {
            get(path + "?after=" + after).expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors[0].field").isEqualTo("after");
        }
    }

    private static Stream<Integer> versions(String path) {
        return read(path).path("events").valueStream().map(event -> event.path("version").intValue());
    }

    @Test
    void shows_the_job_as_it_is_where_no_point_is_named() {
        var state = read("/v1/jobs/" + job.jobId() + "/state");
        assertThat(state.path("status").stringValue()).isEqualTo("completed");
        assertThat(state.path("created")).hasToString("{\"adSets\":2,\"ads\":2}");
        assertThat(state.path("completedAt").stringValue()).isEqualTo("2026-01-01T00:00:04Z");
    }

    @Test
    void shows_a_job_that_had_not_begun_as_pending() {
        for (var at : new String[]{ "2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z" }) {
            assertThat(read("/v1/jobs/" + job.jobId() + "/history?at=" + at).path("events")).isEmpty();
            assertThat(read("/v1/jobs/" + job.jobId() + "/state?at=" + at).path("status").stringValue())
                    .isEqualTo("pending");
        }
        var taken = UUID.randomUUID();
        new JdbcTemplate(api.dataSource).update("insert into idempotency_keys values (?, 'f', 'u', 3, 4, now(), null)",
                taken);
        assertThat(read("/v1/jobs/" + taken + "/history").path("events")).isEmpty();
        assertThat(read("/v1/jobs/" + taken + "/state").path("version").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "history", "state" })
    void says_what_is_wrong(String part) {
        get("/v1/jobs/" + UUID.randomUUID() + "/" + part).expectStatus().isNotFound()
                .expectBody().jsonPath("$.title").isEqualTo("No such job");
        get("/v1/jobs/17/" + part).expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo("jobId");
        for (var at : new String[]{ "", "-1", "yesterday", "2026-01-01T00:00:00", "99999999999999999999" }) {
            get("/v1/jobs/" + job.jobId() + "/" + part + "?at=" + at).expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors[0].field").isEqualTo("at")
                    .jsonPath("$.errors[0].message").value(message -> assertThat((String) message).contains("version"));
        }
    }

    @Test
    void shows_what_it_can_of_a_job_that_a_newer_version_wrote() {
        var newer = ScriptedJob.accepted("u", "newer", 1, T0).preVerified();
        api.readModel.store(List.of(newer));
        new JdbcTemplate(api.dataSource).update("update event_store.domain_events set payload_type = 'SomethingNew'"
                + " where aggregate_identifier = ? and sequence_number = 1", newer.jobId().toString());

        var events = read("/v1/jobs/" + newer.jobId() + "/history").path("events");
        assertThat(events).hasSize(4);
        assertThat(events.get(1).path("unreadable").stringValue()).contains("SomethingNew");
        get("/v1/jobs/" + newer.jobId() + "/state").expectStatus().isEqualTo(500).expectBody()
                .jsonPath("$.title").isEqualTo("This version cannot read the job")
                .jsonPath("$.detail").value(detail -> assertThat((String) detail).contains("event 1"));
        assertThat(read("/v1/jobs/" + newer.jobId() + "/state?at=0").path("status").stringValue())
                .isEqualTo("pending");
    }

    private static ResponseSpec get(String path) {
        return api.client.get().uri(URI.create(path)).exchange();
    }

    private static JsonNode read(String path) {
        return JsonMapper.shared().readTree(get(path).expectStatus().isOk().expectBody(String.class).returnResult()
                .getResponseBody());
    }
}
