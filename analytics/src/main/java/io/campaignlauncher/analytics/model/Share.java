package io.campaignlauncher.analytics.model;

import java.util.function.ToDoubleFunction;

/** A figure that is one count divided by another, or NaN where there is nothing to divide by. */
public enum Share {

    /** Of the accounts judged, those refused. */
    VERIFICATIONS_FAILED(tally -> tally.count(Counted.VERIFICATIONS, "refused"), Share::judged),
    /** Of the accounts judged, those passed. */
    VERIFICATIONS_PASSED(tally -> tally.count(Counted.VERIFICATIONS, "passed"), Share::judged),
    /** Of the settled jobs that had tried again, those completed. */
    RETRY_SUCCESS(tally -> tally.count(Counted.JOBS_RETRIED, Counted.Status.COMPLETED.label()),
            tally -> tally.sum(Counted.JOBS_RETRIED)),
    /** Retries of a settled job that had tried again. */
    RETRIES_PER_RETRIED_JOB(tally -> tally.sum(Counted.RETRIES_OF_SETTLED), tally -> tally.sum(Counted.JOBS_RETRIED)),
    /** Of the settled jobs, those that had used up their retries. */
    RETRIES_EXHAUSTED(tally -> tally.sum(Counted.JOBS_EXHAUSTED), tally -> tally.sum(Counted.JOBS_SETTLED)),
    /** Of the settled jobs, those that had begun to roll back. */
    ROLLBACKS(tally -> tally.sum(Counted.ROLLBACKS_ENDED), tally -> tally.sum(Counted.JOBS_SETTLED)),
    /** Of those, the ones that left nothing. */
    ROLLBACK_SUCCESS(tally -> tally.count(Counted.ROLLBACKS_ENDED, "rolled_back"),
            tally -> tally.sum(Counted.ROLLBACKS_ENDED)),
    /** Of the settled jobs that were compared with Facebook, those with a difference. */
    DISCREPANCIES(tally -> tally.sum(Counted.JOBS_WITH_DISCREPANCY), tally -> tally.sum(Counted.JOBS_LOOKED_AT));

    private final ToDoubleFunction<Tally> part;
    private final ToDoubleFunction<Tally> whole;

    Share(ToDoubleFunction<Tally> part, ToDoubleFunction<Tally> whole) {
        this.part = part;
        this.whole = whole;
    }

    public double of(Tally tally) {
        var all = whole.applyAsDouble(tally);
        return all == 0 ? Double.NaN : part.applyAsDouble(tally) / all;
    }

    private static double judged(Tally tally) {
        return tally.count(Counted.VERIFICATIONS, "passed") + tally.count(Counted.VERIFICATIONS, "refused");
    }
}
