package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One field for whatever somebody has at hand. */
class SearchReadsIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static HttpApi api;
    private static ScriptedJob job;

    @BeforeAll
    static void start() {
        api = new HttpApi("search", HttpSettings.defaults());
        job = ScriptedJob.accepted("buyer", "spring-1", 2, T0).preVerified();
        job.suspendedHalfWay();
        api.readModel.apply(job);
        api.readModel.store(job);
        for (int i = 0; i < SearchReads.JOBS_MAX; i++) {
            api.readModel.apply(ScriptedJob.accepted("other", "bulk-" + i, 1, T0));
        }
    }

    @AfterAll
    static void stop() {
        api.live.stop();
    }

    @Test
    void says_of_each_match_what_the_text_is_there() {
        var slot = api.readModel.queries().slots(job.jobId(), Visibility.everything()).orElseThrow().answer().get(1);
        var number = api.readModel.queries().job(job.jobId(), Visibility.everything()).orElseThrow().number();

        assertThat(kinds(job.jobId().toString())).isEqualTo(Map.of("job_id", 1));
        assertThat(kinds(job.jobId().toString().toUpperCase(java.util.Locale.ROOT))).isEqualTo(Map.of("job_id", 1));
        assertThat(kinds(String.valueOf(number))).isEqualTo(Map.of("number", 1));
        assertThat(kinds("spring-1")).isEqualTo(Map.of("idempotency_key", 1));
        assertThat(kinds("  SALE spr ")).isEqualTo(Map.of("campaign_name", 1));
        assertThat(kinds("buyer")).isEqualTo(Map.of("user", 1));
        assertThat(kinds("200")).isEqualTo(Map.of("error_code", 1));
        assertThat(kinds("200/1487")).isEqualTo(Map.of("error_code", 1));
        assertThat(kinds("default")).isEqualTo(Map.of("credential", 5));
        assertThat(kinds("act_1001")).isEqualTo(Map.of("ad_account", 5));
        assertThat(kinds("1001")).isEqualTo(Map.of("ad_account", 5));
        assertThat(kinds("nothing like it")).isEmpty();
        var entity = matches(String.valueOf(slot.facebookId())).getFirst();
        assertThat(entity.path("kind").asString()).isEqualTo("facebook_id");
        assertThat(entity.path("entity").toString()).isEqualTo(
                "{\"entityType\":\"ad_set\",\"slotNumber\":1,\"name\":\"" + slot.name() + "\"}");
        assertThat(entity.at("/jobs/0/jobId").asString()).isEqualTo(job.jobId().toString());
    }

    @Test
    void tells_how_to_list_all_where_there_are_more() {
        var match = matches("1001").getFirst();

        assertThat(match.path("more").asBoolean(false)).isTrue();
        var all = json("/v1/jobs?" + match.path("filter").asString() + "=" + match.path("value").asString());
        assertThat(all.path("jobs")).hasSizeGreaterThan(SearchReads.JOBS_MAX);
        assertThat(all.path("jobs").valueStream().limit(SearchReads.JOBS_MAX).map(one -> one.path("jobId")).toList())
                .isEqualTo(match.path("jobs").valueStream().map(one -> one.path("jobId")).toList());
    }

    @Test
    void finds_a_job_that_the_tables_do_not_have_and_a_request_that_waits() {
        var job = ScriptedJob.accepted("new", "just-now", 1, T0).preVerified();
        api.readModel.store(job);
        var waits = UUID.randomUUID();
        new JdbcTemplate(api.dataSource).update("insert into idempotency_keys values (?, 'f', 'u', 3, 4, now(), null)",
                waits);

        assertThat(kinds("just-now")).isEqualTo(Map.of("idempotency_key", 1));
        assertThat(matches(waits.toString()).getFirst().at("/jobs/0/status").asString()).isEqualTo("pending");
    }

    @Test
    void takes_odd_texts_for_what_nobody_wrote_and_refuses_what_nobody_can_write() {
        for (var odd : List.of("%", "_", "'; drop table audit; --", "\\", "\uFFFF", "😀", "9".repeat(200), "a/b",
                "-1/2", "<script>")) {
            assertThat(matches(odd)).as(odd).isEmpty();
        }
        for (var bad : List.of("", "?q=", "?q=%20", "?q=%00", "?q=" + "x".repeat(201))) {
            api.client.get().uri(URI.create("/v1/search" + bad)).exchange().expectStatus().isBadRequest().expectBody()
                    .jsonPath("$.errors[0].field").isEqualTo("q");
        }
    }

    /** How many jobs each kind of match shows. */
    private static Map<String, Integer> kinds(String text) {
        return matches(text).stream()
                .collect(Collectors.toMap(match -> match.path("kind").asString(), match -> match.path("jobs").size()));
    }

    private static List<JsonNode> matches(String text) {
        return json("/v1/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"))
                .path("matches").valueStream().toList();
    }

    private static JsonNode json(String address) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(api.client.get().uri(URI.create(address)).exchange()
                .expectStatus().isOk().expectBody(byte[].class).returnResult().getResponseBody()));
    }
}
