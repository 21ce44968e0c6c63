package io.campaignlauncher.job.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often somebody may ask. Each instance counts for itself, so several of them allow several times as many.
 *
 * @param addressRequests requests from one address in the time of {@code within}, whoever asks; 0: no limit. This machine is in none
 * @param launches    launches, and decisions on rollbacks, of one user in that time; 0: no limit. The keys of a user count as the user
 * @param reads       reads of one user in that time; 0: no limit
 * @param histories   reads of one user in that time that go through all events of a job; 0: no limit
 * @param streams     streams that one user may begin in that time; 0: no limit
 * @param credentials access tokens that one user may store or remove in that time, and changes of webhooks; 0: no limit
 * @param tenantRunningJobs launches of one tenant that are under way, beyond which it begins none over HTTP; 0: no limit
 * @param tenantAdSetsADay ad sets of launches that one tenant begins over HTTP within a day; 0: no limit
 * @param within      the time in which requests come back, evenly
 * @param remembered  addresses, and users for each limit, that are counted at a time
 */
@ConfigurationProperties("launch.http.limits")
public record RequestLimitSettings(@DefaultValue("60000") int addressRequests, @DefaultValue("3000") int launches,
        @DefaultValue("30000") int reads, @DefaultValue("3000") int histories, @DefaultValue("3000") int streams,
        @DefaultValue("600") int credentials, @DefaultValue("0") int tenantRunningJobs,
        @DefaultValue("0") int tenantAdSetsADay, @DefaultValue("1m") Duration within,
        @DefaultValue("20000") int remembered) {

    public RequestLimitSettings {
        if (addressRequests < 0 || launches < 0 || reads < 0 || histories < 0 || streams < 0 || credentials < 0
                || tenantRunningJobs < 0 || tenantAdSetsADay < 0) {
            throw new IllegalArgumentException("launch.http.limits: no limit may be negative; 0 is none");
        }
        if (!within.isPositive() || remembered < 1) {
            throw new IllegalArgumentException("launch.http.limits: within and remembered must be positive");
        }
    }
}
