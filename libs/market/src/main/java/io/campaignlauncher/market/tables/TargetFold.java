package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.market.model.PostState;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.tables.AttemptRows.AttemptOf;
import io.campaignlauncher.market.tables.EscrowRows.EscrowOf;
import io.campaignlauncher.market.tables.PostRows.Post;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.TargetKeys;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of targets: the target, its escrow, its post job, the starts of that and what was posted beside. */
final class TargetFold {

    private final TargetRows targetRows;
    private final EscrowRows escrowRows;
    private final PostRows postRows;
    private final AttemptRows attemptRows;
    private final Pending<UUID, TargetState> targets = new Pending<>();
    private final Pending<UUID, EscrowOf> escrows = new Pending<>();
    private final Pending<UUID, Post> posts = new Pending<>();
    private final Pending<AttemptRows.Key, AttemptOf> attempts = new Pending<>();

    TargetFold(Sql sql) {
        targetRows = new TargetRows(sql);
        escrowRows = new EscrowRows(sql);
        attemptRows = new AttemptRows(sql);
        postRows = new PostRows(sql, attemptRows);
    }

    void load(Collection<UUID> targetIds) {
        targetRows.load(targetIds).values().forEach(this::know);
    }

    /** A target as the tables have it. */
    void know(TargetState target) {
        targets.know(target.id(), target);
        if (target.escrow() != null) {
            escrows.know(target.id(), new EscrowOf(target.id(), target.escrow()));
        }
        var post = target.post();
        if (post != null) {
            posts.know(target.id(), new Post(target.id(), post, null));
            rows(post).forEach(row -> attempts.know(row.key(), row));
        }
    }

    private static Stream<AttemptOf> rows(PostState post) {
        return IntStream.range(0, post.attempts().size())
                .mapToObj(i -> new AttemptOf(post.id(), i + 1, post.attempts().get(i)));
    }

    /** @param write writes all that is pending; called where the tables would miss a change of state otherwise */
    void apply(RecordedEvent recorded, TargetEvent event, AuditLine line, Runnable write) {
        var before = event instanceof TargetEvent.TargetDrafted ? null : targets.get(event.targetId());
        var next = Market.evolve(before, event);
        var escrow = next.escrow() == null ? null : new EscrowOf(next.id(), next.escrow());
        var post = next.post() == null ? null : new Post(next.id(), next.post(), launchJob(event));
        if (targets.hides(next.id(), next, TargetState::status)
                || escrow != null && escrows.hides(next.id(), escrow, row -> row.escrow().status())
                || post != null && posts.hides(next.id(), post, row -> row.post().status())) {
            write.run();
        }
        if (event instanceof TargetEvent.TargetDrafted) {
            targets.add(next.id(), next, recorded.at());
        } else {
            targets.put(next.id(), next, recorded.at());
        }
        put(recorded, event, escrow, post);
        if (event instanceof TargetEvent.SurplusPostFound && post != null) {
            attemptRows.addSurplus(post, recorded.at());
        }
        describe(line, event, before, next);
    }

    /** The job that the launch of a target is, from its start on; null where there is none. */
    private @Nullable UUID launchJob(TargetEvent event) {
        if (event instanceof TargetEvent.PostingStarted started && started.advertiserId() != null) {
            return JobIds.of(started.by().tenant(), started.advertiserId(), TargetKeys.of(started.targetId()));
        }
        var before = posts.get(event.targetId());
        return before == null ? null : before.launchJobId();
    }

    private void put(RecordedEvent recorded, TargetEvent event, @Nullable EscrowOf escrow, @Nullable Post post) {
        if (escrow != null && event instanceof TargetEvent.EscrowHeld) {
            escrows.add(escrow.targetId(), escrow, recorded.at());
        } else if (escrow != null && !escrow.equals(escrows.get(escrow.targetId()))) {
            escrows.put(escrow.targetId(), escrow, recorded.at());
        }
        if (post != null && event instanceof TargetEvent.PostQueued) {
            posts.add(post.targetId(), post, recorded.at());
        } else if (post != null && !post.equals(posts.get(post.targetId()))) {
            putAttempts(recorded, post);
            posts.put(post.targetId(), post, recorded.at());
        }
    }

    private void putAttempts(RecordedEvent recorded, Post post) {
        rows(post.post()).filter(row -> !row.equals(attempts.get(row.key())))
                .forEach(row -> attempts.put(row.key(), row, recorded.at()));
    }

    /** The states of what the event is about, and who had let the target pass where nobody acts in person. */
    private static void describe(AuditLine line, TargetEvent event, @Nullable TargetState before, TargetState next) {
        switch (event) {
            case TargetEvent.TargetDrafted _,TargetEvent.TargetEdited _,TargetEvent.TargetSubmitted _,TargetEvent.TargetApproved _,TargetEvent.TargetRejected _ ->
                line.between(before == null ? null : before.status().word(), next.status().word());
            case TargetEvent.EscrowHeld _,TargetEvent.EscrowReleased _,TargetEvent.EscrowRefunded _ ->
                line.between(before == null || before.escrow() == null ? null : before.escrow().status().word(),
                        TableFold.word(next.escrow() == null ? null : next.escrow().status()));
            case TargetEvent.PostQueued _,TargetEvent.PostingStarted _,TargetEvent.PostOutcomeUnknown _,TargetEvent.PostNotMade _,TargetEvent.PostPublished _,TargetEvent.LastLookPassed _,TargetEvent.PostMissing _,TargetEvent.PostFailed _,TargetEvent.SurplusPostFound _,TargetEvent.SurplusPostSuspected _,TargetEvent.UnknownPostDecided _ ->
                line.between(before == null || before.post() == null ? null : before.post().status().word(),
                        TableFold.word(next.post() == null ? null : next.post().status()));
        }
        var approval = next.approval();
        if (event.by().role() == Role.SYSTEM && approval != null) {
            line.with("approvedBy", approval.by());
        }
    }

    void write() {
        targetRows.write(targets);
        targets.written();
        escrowRows.write(escrows);
        escrows.written();
        postRows.write(posts);
        posts.written();
        attemptRows.write(attempts);
        attempts.written();
    }
}
