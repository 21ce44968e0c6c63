package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.PostAttempt.Outcome;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is known of a post job. @param attempts by number; at most the last one is open */
public record PostProgress(PublishPost command, List<PostAttempt> attempts, PostState state) {

    public PostProgress {
        attempts = List.copyOf(attempts);
    }

    public static PostProgress of(PublishPost command) {
        return new PostProgress(command, List.of(), PostState.NEW);
    }

    /** The attempt that may post, or may have posted, without our knowing. */
    public Optional<PostAttempt> open() {
        return attempts.stream().filter(PostAttempt::open).findFirst();
    }

    /** Whether nothing is left to do for it, unless somebody asks. */
    public boolean over() {
        return switch (state.stage()) {
            case FAILED, ROLLED_BACK -> true;
            case CONFIRMED -> state.withdrawal() == null;
            case QUEUED, POSTING, POSTED -> false;
        };
    }

    public PostProgress with(PostState newState) {
        return new PostProgress(command, attempts, newState);
    }

    /** Adds an attempt, or replaces the one of its number. */
    public PostProgress with(PostAttempt attempt) {
        return new PostProgress(command,
                Stream.concat(attempts.stream().filter(one -> one.number() != attempt.number()), Stream.of(attempt))
                        .sorted(Comparator.comparing(PostAttempt::number)).toList(),
                state);
    }

    Optional<PostAttempt> posted() {
        return attempts.stream().filter(one -> one.outcome() == Outcome.POSTED).findFirst();
    }

    PostAttempt attempt(int number) {
        return attempts.get(number - 1);
    }

    boolean everUnknown() {
        return attempts.stream().anyMatch(one -> one.open() || one.wasUnknown());
    }

    /** Attempts that were looked for in vain. */
    long notThere() {
        return attempts.stream().filter(one -> one.outcome() == Outcome.NOT_THERE).count();
    }

    /** What is above it may be this job's. */
    int mark() {
        return attempts.stream().mapToInt(PostAttempt::mark).min().orElse(0);
    }

    /**
     * From then on no attempt can post any more. Twice the settle delay: a job gets here only after an attempt did not go as planned, and
     * what was assumed of it may not have held. A job whose attempts were all answered is quiet at once.
     */
    public Instant quietAt(Duration settleDelay) {
        return !everUnknown() ? Instant.EPOCH
                : attempts.stream().map(one -> one.settledAt(settleDelay.multipliedBy(2)))
                        .max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /** From then on a read that shows no post says that there is none and will be none. A post that was answered may show late, too. */
    Instant goneAt(Duration settleDelay) {
        var quietAt = quietAt(settleDelay);
        return attempts.stream().filter(one -> one.outcome() != Outcome.NOT_MADE)
                .map(one -> one.settledAt(settleDelay)).filter(quietAt::isBefore)
                .max(Comparator.naturalOrder()).orElse(quietAt);
    }
}
