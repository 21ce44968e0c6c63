package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;

/**
 * How patient a job is.
 *
 * @param retryBudget            retries of a job whose request names none
 * @param initialDelay           before the first retry; doubles with each
 * @param maxDelay               the longest back-off
 * @param settleDelay            how long after the last possible sign of a request its effect may still appear in reads: the
 *     time that Facebook may take to commit late, and the read lag
 * @param readLag                how long reads may miss what was written
 * @param rateLimitDelay         the wait where Facebook limits the account and names no time
 * @param commandValidity        how long a creation command waits to be claimed; a later creator leaves it alone
 * @param lease                  from its claim, how long a creator may send for a round; its command says so
 * @param requestTimeout         how long a request of a round may take; its command says so
 * @param interruptionsMax       creation rounds that may be cut short by dying workers before it costs retries
 * @param unreadVerificationsMax verifications in a row that could not read what a job with every slot filled has; then a person
 *     is asked
 * @param deletionRetriesMax     retries of a rollback in a row, none of which deleted anything, before it is given up
 * @param duplicateName          for requests that do not say
 * @param namedMax               entities beside those of its slots that one event of a job names; the next one names the rest
 * @param flakyDelay             before the first further try of what was refused in a way that often passes; doubles with each
 */
public record JobPolicy(int retryBudget, Duration initialDelay, Duration maxDelay, Duration settleDelay,
        Duration readLag,
        Duration rateLimitDelay, Duration commandValidity, Duration lease, Duration requestTimeout,
        int interruptionsMax,
        int unreadVerificationsMax, int deletionRetriesMax, DuplicateName duplicateName, Duration flakyDelay,
        int namedMax) {

    public static final int RETRY_BUDGET = 5;
    public static final Duration INITIAL_DELAY = Duration.ofSeconds(1);
    public static final Duration MAX_DELAY = Duration.ofSeconds(16);
    public static final Duration READ_LAG = Duration.ofSeconds(5);
    public static final Duration RATE_LIMIT_DELAY = Duration.ofMinutes(1);
    public static final Duration COMMAND_VALIDITY = Duration.ofMinutes(1);
    public static final Duration LEASE = Duration.ofSeconds(15);
    /** A creator does not send in the last half second of its lease, so a shorter one would leave no time. */
    private static final Duration LEASE_MIN = Duration.ofSeconds(1);
    public static final int INTERRUPTIONS_MAX = 20;
    /** A quarter of an hour with the longest back-off. */
    public static final int UNREAD_VERIFICATIONS_MAX = 60;
    public static final int DELETION_RETRIES_MAX = 10;

    public static final Duration FLAKY_DELAY = Duration.ofSeconds(6);

    /** Further tries of a slot that Facebook refuses in a way that often passes; then it is a no. */
    public static final int FLAKY_TRIES_MAX = 3;

    /** As many as the verifier names: a record has room for them beside all slots with their names. */
    public static final int NAMED_MAX = 100;

    private static final int JITTER_STEPS = 1024;

    public JobPolicy {
        if (retryBudget < 0 || interruptionsMax < 0 || unreadVerificationsMax < 0 || deletionRetriesMax < 0) {
            throw new IllegalArgumentException("budgets may not be negative");
        }
        if (initialDelay.isNegative() || initialDelay.isZero() || maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException(
                    "need 0 < initial delay <= max delay, got " + initialDelay + " and " + maxDelay);
        }
        if (lease.compareTo(LEASE_MIN) < 0) {
            throw new IllegalArgumentException(
                    "launch.creation.lease must be " + LEASE_MIN.toMillis() + " ms or more: " + lease);
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("graph.request-timeout must be positive: " + requestTimeout);
        }
        if (flakyDelay.isNegative() || flakyDelay.isZero()) {
            throw new IllegalArgumentException("the delay after a refusal that often passes must be positive");
        }
        if (namedMax < 1) {
            throw new IllegalArgumentException("at least one entity must be named: " + namedMax);
        }
        if (settleDelay.compareTo(readLag) < 0) {
            throw new IllegalArgumentException(
                    "the settle delay " + settleDelay + " must cover the read lag allowed for, " + readLag);
        }
    }

    /** With the usual delay after a refusal that often passes, and the usual number of names. */
    public JobPolicy(int retryBudget, Duration initialDelay, Duration maxDelay, Duration settleDelay, Duration readLag,
            Duration rateLimitDelay, Duration commandValidity, Duration lease, Duration requestTimeout,
            int interruptionsMax, int unreadVerificationsMax, int deletionRetriesMax, DuplicateName duplicateName) {
        this(retryBudget, initialDelay, maxDelay, settleDelay, readLag, rateLimitDelay, commandValidity, lease,
                requestTimeout, interruptionsMax, unreadVerificationsMax, deletionRetriesMax, duplicateName,
                FLAKY_DELAY,
                NAMED_MAX);
    }

    public JobPolicy withNamedMax(int other) {
        return new JobPolicy(retryBudget, initialDelay, maxDelay, settleDelay, readLag, rateLimitDelay,
                commandValidity, lease, requestTimeout, interruptionsMax, unreadVerificationsMax, deletionRetriesMax,
                duplicateName, flakyDelay, other);
    }

    /** From its claim, how long a round may send or be answered. */
    Duration roundMax() {
        return lease.plus(requestTimeout);
    }

    /** The defaults, with the settle delay derived: a request may take effect up to its own time limit late. */
    public static JobPolicy defaults(Duration requestTimeout) {
        return new JobPolicy(RETRY_BUDGET, INITIAL_DELAY, MAX_DELAY, requestTimeout.plus(READ_LAG), READ_LAG,
                RATE_LIMIT_DELAY, COMMAND_VALIDITY, LEASE, requestTimeout, INTERRUPTIONS_MAX, UNREAD_VERIFICATIONS_MAX,
                DELETION_RETRIES_MAX,
                DuplicateName.REJECT);
    }

    /**
     * When to try again: the delay doubles with each retry up to the longest, less up to a fifth of it, so that jobs that
     * failed together do not come back together. The same job and retry always get the same time.
     */
    Instant retryAt(Instant now, String jobId, int retry) {
        var doubled = doubled(initialDelay, retry);
        return spread(now, doubled.compareTo(maxDelay) > 0 ? maxDelay : doubled, jobId, retry);
    }

    /** When to try what was refused so often, at most {@link #FLAKY_TRIES_MAX} times: the delay doubles, less up to a fifth. */
    Instant flakyRetryAt(Instant now, String jobId, int refusals) {
        return spread(now, doubled(flakyDelay, Math.min(refusals, FLAKY_TRIES_MAX)), jobId, refusals);
    }

    private static Duration doubled(Duration first, int retry) {
        return first.multipliedBy(1L << Math.min(retry - 1, 30));
    }

    private static Instant spread(Instant now, Duration delay, String jobId, int retry) {
        var step = Math.floorMod(31 * jobId.hashCode() + retry, JITTER_STEPS);
        return now.plus(delay).minus(delay.dividedBy(5).multipliedBy(step).dividedBy(JITTER_STEPS));
    }
}
