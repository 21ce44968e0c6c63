package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.Buckets;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Quota;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.RequestRules;
import io.campaignlauncher.job.view.JobQueries;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;

/**
 * How much a tenant may launch over HTTP: jobs under way at a time, and ad sets within a day. A request for a job that is there is in no
 * limit, nor is the local operator. Jobs are counted in the tables, which lag a little, so a burst may go a little beyond; ad
 * sets in this instance's memory.
 */
final class TenantLimits {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(30);
    private static final String RUNNING = """
            select count(*) from (select 1 from campaign_creation_jobs
                where status in ('pending', 'in_progress') and tenant = :tenant limit :max) as running""";

    private final int runningJobs;
    private final Optional<Buckets> adSets;
    private final JobQueries queries;
    private final JdbcClient jdbc;

    TenantLimits(RequestLimitSettings settings, JobQueries queries, JdbcClient jdbc) {
        this.runningJobs = settings.tenantRunningJobs();
        this.adSets = settings.tenantAdSetsADay() == 0 ? Optional.empty()
                : Optional.of(new Buckets(new Quota("ad-sets-a-day", settings.tenantAdSetsADay(), DAY),
                        settings.remembered()));
        this.queries = queries;
        this.jdbc = jdbc;
    }

    /**
     * Lets a launch begin within the limits.
     *
     * @param launch only subscribed to within them; one that fails is not counted
     * @return fails with an {@link HttpProblem} 429 beyond them
     */
    <T> Mono<T> within(UUID jobId, LaunchRequest request, Mono<T> launch) {
        boolean unlimited = runningJobs == 0 && adSets.isEmpty()
                || request.ownership().owner().equals(Principal.LOCAL_OPERATOR.subject());
        return unlimited || !RequestRules.violations(request).isEmpty() ? launch
                : Blocking.call(() -> isThere(jobId) || countIn(request)).flatMap(isThere -> isThere ? launch
                        : launch.doOnError(_ -> countOut(request)));
    }

    private boolean isThere(UUID jobId) {
        return queries.request(jobId, Visibility.everything()).isPresent();
    }

    /** @return false: it was not there @throws HttpProblem 429 */
    private boolean countIn(LaunchRequest request) {
        var tenant = request.ownership().tenant();
        if (runningJobs > 0 && jdbc.sql(RUNNING).param("tenant", tenant).param("max", runningJobs)
                .query(Integer.class).single() >= runningJobs) {
            throw HttpProblem.tooManyAtOnce(
                    "Your tenant has " + runningJobs + " launches under way, as many as it may.", COME_BACK_AFTER);
        }
        adSets.ifPresent(buckets -> buckets.take(tenant, LaunchPlan.of(request).adSets()));
        return false;
    }

    private void countOut(LaunchRequest request) {
        adSets.ifPresent(buckets -> buckets.giveBack(request.ownership().tenant(), LaunchPlan.of(request).adSets()));
    }
}
