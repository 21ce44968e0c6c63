package io.campaignlauncher.market.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The post job of a target.
 *
 * @param contentHash of what is to be published
 * @param deadline    what has not gone out then, and cannot any more, is refunded
 * @param attempts    in order
 * @param message     the post; null until it was read back
 * @param failure     why there is none; null while there may be one
 * @param lookedAt    when the last look found it; null until then
 * @param missing     the last look has not found it, and nobody has decided yet
 * @param surplus     further posts that were found
 * @param suspicion   why only a person can tell whether a post that shall not be is there; null: nobody is asked
 * @param decided     what a person has said became of it; null: nobody had to
 */
public record PostState(UUID id, PostStatus status, String contentHash, Instant deadline, List<Attempt> attempts,
        @Nullable Message message, @Nullable String failure, @Nullable Instant lookedAt, boolean missing,
        List<Message> surplus, @Nullable String suspicion, @Nullable Boolean decided) {

    /** Further posts that are kept note of. */
    static final int SURPLUS_MAX = 100;

    public PostState {
        attempts = List.copyOf(attempts);
        surplus = List.copyOf(surplus);
    }

    /** Whether an attempt may post, or may have posted, without our knowing. Then no money moves. */
    public boolean outcomeOpen() {
        return attempts.stream().anyMatch(attempt -> attempt.outcome().open());
    }

    Stream<Attempt> open() {
        return attempts.stream().filter(attempt -> attempt.outcome().open());
    }

    boolean unknown() {
        return attempts.stream().anyMatch(attempt -> attempt.outcome() == Attempt.Outcome.UNKNOWN);
    }

    Optional<Attempt> attempt(int number) {
        return attempts.stream().filter(attempt -> attempt.number() == number).findFirst();
    }

    boolean ended() {
        return switch (status) {
            case QUEUED, POSTING -> false;
            case POSTED, FAILED -> true;
        };
    }

    boolean isAt(Message found) {
        return message != null && message.isSameAs(found);
    }

    boolean hasSurplus(Message found) {
        return surplus.stream().anyMatch(found::isSameAs);
    }

    PostState starting(int number) {
        var all = new ArrayList<>(attempts);
        all.add(new Attempt(number, Attempt.Outcome.UNDER_WAY));
        return new PostState(id, PostStatus.POSTING, contentHash, deadline, all, message, failure, lookedAt, missing,
                surplus, suspicion, decided);
    }

    PostState settling(int number, Attempt.Outcome outcome) {
        return new PostState(id, status, contentHash, deadline,
                attempts.stream().map(one -> one.number() == number ? new Attempt(number, outcome) : one).toList(),
                message, failure, lookedAt, missing, surplus, suspicion, decided);
    }

    PostState posted(Message found) {
        return new PostState(id, PostStatus.POSTED, contentHash, deadline, attempts, found, failure, lookedAt, missing,
                surplus, suspicion, decided);
    }

    PostState failed(String reason) {
        return new PostState(id, PostStatus.FAILED, contentHash, deadline, attempts, message, reason, lookedAt, missing,
                surplus, suspicion, decided);
    }

    PostState looked(@Nullable Instant at, boolean nowMissing) {
        return new PostState(id, status, contentHash, deadline, attempts, message, failure, at, nowMissing, surplus,
                suspicion, decided);
    }

    PostState withSurplus(Message found) {
        return new PostState(id, status, contentHash, deadline, attempts, message, failure, lookedAt, missing,
                Stream.concat(surplus.stream(), Stream.of(found)).toList(), suspicion, decided);
    }

    PostState suspected(String why) {
        return new PostState(id, status, contentHash, deadline, attempts, message, failure, lookedAt, missing, surplus,
                why, decided);
    }

    /** With that nobody is asked any more whether it is there against all that was decided. */
    PostState decided(boolean posted) {
        return new PostState(id, status, contentHash, deadline, attempts, message, failure, lookedAt, missing, surplus,
                null, posted);
    }
}
