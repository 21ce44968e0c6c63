package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.messaging.SharedDefaults;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient jobs are; {@link JobPolicy} has the rules about leases and time-outs.
 *
 * @param retry          retries
 * @param creation       creation rounds
 * @param readLag        how long Facebook's reads may miss what was written
 * @param settleDelay    how long an unknown outcome rests before what came of it is read, at least the read lag; where it is not set, the
 *     time-out of a request and the read lag
 * @param rateLimitDelay how long a job waits where Facebook limits the account and names no time
 * @param duplicateName  whether a campaign's name that its account has already is refused, {@code REJECT}, or only told,
 *     {@code WARN}, where a request does not say
 */
@ConfigurationProperties("launch")
record JobPolicySettings(@DefaultValue Retry retry, @DefaultValue Creation creation,
        @DefaultValue("5s") Duration readLag, @Nullable Duration settleDelay,
        @DefaultValue("60s") Duration rateLimitDelay, @DefaultValue("REJECT") DuplicateName duplicateName) {

    JobPolicySettings {
        if (readLag.isNegative() || rateLimitDelay.isNegative()) {
            throw new IllegalArgumentException("launch.read-lag and launch.rate-limit-delay may not be negative: "
                    + readLag + ", " + rateLimitDelay);
        }
        if (settleDelay != null && settleDelay.compareTo(readLag) < 0) {
            throw new IllegalArgumentException(
                    "launch.settle-delay must be at least launch.read-lag, " + readLag + ", not " + settleDelay);
        }
    }

    /**
     * Retries with back-off.
     *
     * @param budget       retries of a job whose request names none, 0 or more
     * @param initialDelay before the first retry; doubles with each
     * @param maxDelay     the longest back-off, at least the first
     * @param flakyDelay   before the first of three further tries of an ad whose creative Facebook refused with 100/1487390;
     *     doubles with each
     */
    record Retry(@DefaultValue("" + JobPolicy.RETRY_BUDGET) int budget, @DefaultValue("1s") Duration initialDelay,
            @DefaultValue("16s") Duration maxDelay, @DefaultValue("6s") Duration flakyDelay) {

        Retry {
            if (budget < 0) {
                throw new IllegalArgumentException("launch.retry.budget must be 0 or more, not " + budget);
            }
            if (!initialDelay.isPositive() || maxDelay.compareTo(initialDelay) < 0) {
                throw new IllegalArgumentException("need 0 < launch.retry.initial-delay <= launch.retry.max-delay, not "
                        + initialDelay + " and " + maxDelay);
            }
            if (!flakyDelay.isPositive()) {
                throw new IllegalArgumentException("launch.retry.flaky-delay must be positive, not " + flakyDelay);
            }
        }
    }

    /**
     * What a creation command says of its round.
     *
     * @param commandValidity how long a creation command waits to be claimed; a later creator leaves it alone
     * @param lease           how long a creator may send for one claim, 1 s or more; the job-service's counts, its commands say so
     */
    record Creation(@DefaultValue("1m") Duration commandValidity,
            @DefaultValue(SharedDefaults.LEASE) Duration lease) {

        Creation {
            if (!commandValidity.isPositive()) {
                throw new IllegalArgumentException(
                        "launch.creation.command-validity must be positive, not " + commandValidity);
            }
        }
    }

    /**
     * What a creation command says of its requests.
     *
     * @param requestTimeout how long a request to the Graph API may take, its answer included; that of creations is the
     *     job-service's, its commands say so
     */
    @ConfigurationProperties("graph")
    record Requests(@DefaultValue(SharedDefaults.REQUEST_TIMEOUT) Duration requestTimeout) {}

    JobPolicy policy(Requests requests) {
        var timeout = requests.requestTimeout();
        return new JobPolicy(retry.budget(), retry.initialDelay(), retry.maxDelay(),
                settleDelay == null ? timeout.plus(readLag) : settleDelay, readLag, rateLimitDelay,
                creation.commandValidity(), creation.lease(), timeout, JobPolicy.INTERRUPTIONS_MAX,
                JobPolicy.UNREAD_VERIFICATIONS_MAX, JobPolicy.DELETION_RETRIES_MAX, duplicateName, retry.flakyDelay(),
                JobPolicy.NAMED_MAX);
    }
}
