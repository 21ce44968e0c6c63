package io.campaignlauncher.posting.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When the store has gone on from an earlier state, because its machine was lost and a standby lacked what had been committed last. Attempts
 * may be among that, and whatever followed from them: the request of an attempt that nobody knows of may have left.
 *
 * @param all          in their order; empty: never
 * @param clocksDiffer by how much the store's clock, that of a store that was lost and those of senders may differ
 * @param attemptMax   from the commit of an attempt to the end of its request, at most
 */
public record Rewindings(List<Rewinding> all, Duration clocksDiffer, Duration attemptMax) {

    public static final Rewindings NONE = new Rewindings(List.of(), Duration.ZERO, Duration.ZERO);

    static final String FORGOTTEN = "the database's machine was lost, and perhaps an attempt with it";

    public Rewindings {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param at   since when the store goes on from there, by its clock
     * @param mark the highest message id of the channel that it knew then; 0: none. Whatever was forgotten may have posted above it
     */
    public record Rewinding(Instant at, int mark) {}

    /** The job as it has to be taken now: one of which an attempt may be forgotten is in doubt, once for each rewinding. */
    public PostProgress heeded(PostProgress job) {
        if (all.isEmpty() || all.getLast().at().equals(job.state().rewoundAt())) {
            return job;
        }
        var heeded = job.with(job.state().heeding(all.getLast().at()));
        return mayLackAttempt(job) ? inDoubt(heeded) : heeded;
    }

    /** What is over, posted or to be taken back was begun no more after what is known. */
    private boolean mayLackAttempt(PostProgress job) {
        var state = job.state();
        return !job.over() && job.posted().isEmpty() && state.withdrawal() == null && mayHaveBegun(job, all.getLast());
    }

    private boolean mayHaveBegun(PostProgress job, Rewinding before) {
        var last = before.at().plus(clocksDiffer);
        var sentAt = job.command().sentAt();
        var notBefore = job.command().notBefore();
        return (sentAt == null || !sentAt.isAfter(last)) && (notBefore == null || !notBefore.isAfter(last));
    }

    private PostProgress inDoubt(PostProgress job) {
        var ended = all.getLast().at().plus(clocksDiffer).plus(attemptMax);
        var attempt = job.open().map(open -> open.unknownUntil(ended, FORGOTTEN))
                .orElseGet(() -> PostAttempt.forgotten(job.attempts().size() + 1, mark(job),
                        job.command().requestHash(), begunFrom(job), ended, FORGOTTEN));
        return job.with(attempt).with(job.state().doubting());
    }

    /** What was forgotten once, and came again, may have been forgotten a second time. */
    private int mark(PostProgress job) {
        return all.stream().filter(one -> mayHaveBegun(job, one)).mapToInt(Rewinding::mark).min().orElse(0);
    }

    /** Not later than any attempt that may be forgotten: what came after it may be taken for one that was sent later. */
    private Instant begunFrom(PostProgress job) {
        if (!job.attempts().isEmpty()) {
            return job.attempts().getLast().begunAt();
        }
        var sentAt = job.command().sentAt();
        var asked = sentAt == null ? Instant.EPOCH : sentAt.minus(clocksDiffer);
        var notBefore = job.command().notBefore();
        return notBefore == null || notBefore.isBefore(asked) ? asked : notBefore.minus(clocksDiffer);
    }

    /** Whether posts of others that nobody knows of may be above this id. */
    boolean mayHide(int id) {
        return !all.isEmpty() && id <= all.getLast().mark();
    }
}
