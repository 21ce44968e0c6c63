package io.campaignlauncher.job.http;

import static io.campaignlauncher.job.http.JobRoutes.Kind.CREDENTIALS;
import static io.campaignlauncher.job.http.JobRoutes.Kind.HISTORIES;
import static io.campaignlauncher.job.http.JobRoutes.Kind.LAUNCHES;
import static io.campaignlauncher.job.http.JobRoutes.Kind.READS;
import static io.campaignlauncher.job.http.JobRoutes.Kind.STREAMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRoutesTest {

    @Test
    void every_route_has_the_limit_of_what_it_does() {
        var routes = new LinkedHashMap<String, List<String>>();
        for (var rule : JobRoutes.rules()) {
            routes.computeIfAbsent(JobRoutes.kind(rule).map(Enum::name).orElse("none"), _ -> new ArrayList<>())
                    .add(rule.toString());
        }

        assertThat(routes).isEqualTo(Map.of(
                LAUNCHES.name(),
                List.of("POST /v1/jobs", "POST /v1/jobs/{jobId}/clone", "POST /v1/files",
                        "POST /v1/files/{sha256}/launch", "POST /v1/media/images", "POST /v1/media/videos",
                        "POST /api/strategyForAll/create",
                        "POST /api/strategy150/create", "POST /api/strategyForAds/create",
                        "POST /v1/jobs/{jobId}/rollback", "POST /v1/jobs/{jobId}/cancel",
                        "PUT /v1/jobs/{jobId}/start", "POST /v1/jobs/{jobId}/looks",
                        "PUT /v1/media/videos/{adAccountId}/{sha256}",
                        "POST /v1/dead-letters/redrive"),
                READS.name(), List.of("GET /v1/jobs", "GET /v1/jobs/{jobId}", "GET /v1/jobs/{jobId}/slots",
                        "GET /v1/jobs/{jobId}/idempotency", "GET /v1/jobs/{jobId}/verification",
                        "GET /v1/jobs/{jobId}/rollback", "GET /v1/jobs/{jobId}/file", "GET /v1/jobs/{jobId}/calls",
                        "GET /v1/jobs/{jobId}/looks",
                        "GET /v1/search", "GET /v1/accounts", "GET /v1/accounts/{adAccountId}",
                        "GET /v1/media",
                        "GET /v1/media/videos/{adAccountId}/{sha256}", "GET /v1/credentials",
                        "GET /v1/webhooks",
                        "GET /v1/audit", "GET /v1/attention", "GET /v1/dead-letters",
                        "GET /v1/dead-letters/{topic}/{partition}/{offset}"),
                HISTORIES.name(), List.of("GET /v1/jobs/{jobId}/history", "GET /v1/jobs/{jobId}/state"),
                STREAMS.name(), List.of("GET /v1/jobs/{jobId}/stream"),
                CREDENTIALS.name(), List.of("PUT /v1/credentials/{credentialId}",
                        "DELETE /v1/credentials/{credentialId}", "POST /v1/webhooks",
                        "POST /v1/webhooks/{webhookId}/rotate", "DELETE /v1/webhooks/{webhookId}"),
                "none", List.of("GET /v1/kill-switches", "GET /v1/kill-switches/{name}",
                        "PUT /v1/kill-switches/{name}", "GET /openapi.yaml", "GET /docs", "GET /docs/start.js",
                        "GET /webjars/**", "GET /asyncapi.yaml", "GET /v1/schemas",
                        "GET /v1/schemas/{fingerprint}", "GET /actuator/health/**", "GET /actuator/prometheus",
                        "GET /actuator/**")));
    }

    @Test
    void a_negative_limit_is_refused_by_a_sentence_that_names_the_settings() {
        assertThatThrownBy(() -> new RequestLimitSettings(-1, 0, 0, 0, 0, 0, 0, 0, Duration.ofMinutes(1), 1))
                .hasMessageContaining("launch.http.limits");
        assertThatThrownBy(() -> new RequestLimitSettings(0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, 1))
                .hasMessageContaining("launch.http.limits");
    }
}
