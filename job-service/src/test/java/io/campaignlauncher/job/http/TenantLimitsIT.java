package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.JobIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;

class TenantLimitsIT {

    private static final Instant T0 = Instant.parse("2026-03-29T12:00:00Z");
    private static final Mono<String> LAUNCH = Mono.just("begun");

    private static ReadModelUnderTest readModel;
    private static JdbcClient jdbc;

    @BeforeAll
    static void two_jobs_of_acme_are_under_way_and_one_is_over() {
        var database = TestInfrastructure.database("tenant_limits");
        readModel = new ReadModelUnderTest(database);
        jdbc = JdbcClient.create(database);
        var jobs = List.of(ScriptedJob.accepted(request("acme", "ann", "a", 2), T0),
                ScriptedJob.accepted(request("acme", "bob", "b", 2), T0),
                ScriptedJob.accepted(request("acme", "bob", "over", 2), T0).completed());
        readModel.store(jobs);
        readModel.apply(jobs.toArray(ScriptedJob[]::new));
    }

    @Test
    void a_tenant_has_no_more_launches_under_way_than_it_may() {
        var limits = limits(2, 0);

        assertThatThrownBy(() -> begun(limits, request("acme", "ann", "c", 2))).isInstanceOfSatisfying(
                HttpProblem.class,
                problem -> {
                    assertThat(problem.status().value()).isEqualTo(429);
                    assertThat(headers(problem).getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("30");
                });
        assertThat(begun(limits, request("rival", "zoe", "c", 2))).as("another tenant").isEqualTo("begun");
        assertThat(begun(limits(3, 0), request("acme", "ann", "c", 2))).as("one more may be").isEqualTo("begun");
    }

    @Test
    void a_request_for_a_job_that_is_there_is_in_no_limit_nor_is_whoever_sits_at_the_machine() {
        var limits = limits(1, 1);

        assertThat(begun(limits, request("acme", "ann", "a", 2))).isEqualTo("begun");
        assertThat(begun(limits, request("acme", "local-operator", "d", 2))).isEqualTo("begun");
    }

    @Test
    void a_tenant_begins_no_more_ad_sets_within_a_day_than_it_may_and_what_fails_does_not_count() {
        var limits = limits(0, 10);
        assertThatThrownBy(() -> limits.within(UUID.randomUUID(), request("acme", "ann", "e", 9),
                Mono.error(new IllegalStateException("no database"))).block()).hasMessage("no database");

        assertThat(begun(limits, request("acme", "ann", "f", 8))).isEqualTo("begun");
        assertThatThrownBy(() -> begun(limits, request("acme", "bob", "g", 3))).isInstanceOfSatisfying(
                HttpProblem.class,
                problem -> assertThat(headers(problem).getFirst("RateLimit-Policy"))
                        .isEqualTo("\"ad-sets-a-day\";q=10;w=86400"));
        assertThat(begun(limits, request("acme", "bob", "h", 2))).as("what is left").isEqualTo("begun");
        assertThat(begun(limits, request("rival", "zoe", "i", 10))).as("another tenant").isEqualTo("begun");
    }

    @Test
    void more_than_a_tenant_may_ever_begin_is_told_as_well() {
        assertThatThrownBy(() -> begun(limits(0, 10), request("acme", "ann", "j", 11)))
                .isInstanceOfSatisfying(HttpProblem.class,
                        problem -> assertThat(headers(problem).getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("86400"));
    }

    private static String begun(TenantLimits limits, LaunchRequest request) {
        return limits
                .within(JobIds.of(request.ownership().tenant(), request.userId(), request.idempotencyKey()), request,
                        LAUNCH)
                .block();
    }

    private static TenantLimits limits(int running, int adSetsADay) {
        return new TenantLimits(
                new RequestLimitSettings(0, 0, 0, 0, 0, 0, running, adSetsADay, Duration.ofMinutes(1), 100),
                readModel.queries(), jdbc);
    }

    private static HttpHeaders headers(HttpProblem problem) {
        var headers = new HttpHeaders();
        problem.headers(headers);
        return headers;
    }

    private static LaunchRequest request(String tenant, String owner, String key, int adSets) {
        return ScriptedJob.request("u-1", key, adSets, RollbackPolicy.CONFIRM).ownedBy(new Ownership(tenant, owner));
    }
}
