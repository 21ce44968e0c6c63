package io.campaignlauncher.market.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each event of a target does to its state, to its held money and to its post. Decides nothing. */
final class TargetEvolution {

    private TargetEvolution() {}

    static TargetState evolve(@Nullable TargetState before, TargetEvent event) {
        if (event instanceof TargetEvent.TargetDrafted e) {
            return new TargetState(e.targetId(), e.campaignId(), e.by().tenant(), e.place(), e.publisherId(),
                    e.amount(), TargetStatus.DRAFT, 1, e.contentHash(), 0, null, null, null, null, null);
        }
        var target = Evolution.known(before, event);
        return switch (event) {
            case TargetEvent.TargetDrafted _ -> target;
            case TargetEvent.TargetEdited e -> target.withContent(e.version(), e.place(), e.amount(), e.publisherId(),
                    e.contentHash(), e.reviewDeadline());
            case TargetEvent.TargetSubmitted e -> target.submitted(e.version(), e.reviewDeadline());
            case TargetEvent.TargetApproved e -> target
                    .approved(new TargetState.Approval(e.by().userId(), e.version(), e.contentHash()));
            case TargetEvent.TargetRejected e -> target.rejected(e.version(), e.reason());
            case TargetEvent.EscrowHeld e -> target.with(new EscrowState(e.escrowId(), e.walletId(), e.amount(),
                    e.commission(), EscrowStatus.HELD));
            case TargetEvent.EscrowReleased e -> target.with(escrow(target, e).in(EscrowStatus.RELEASED));
            case TargetEvent.EscrowRefunded e -> target.with(escrow(target, e).in(EscrowStatus.REFUNDED))
                    .in(TargetStatus.REFUNDED);
            case TargetEvent.PostQueued e -> target.with(new PostState(e.postJobId(), PostStatus.QUEUED,
                    e.contentHash(), e.deadline(), List.of(), null, null, null, false, List.of(), null, null));
            case TargetEvent.PostingStarted e -> target.with(post(target, e).starting(e.attempt()));
            case TargetEvent.PostOutcomeUnknown e -> target
                    .with(post(target, e).settling(e.attempt(), Attempt.Outcome.UNKNOWN));
            case TargetEvent.PostNotMade e -> target
                    .with(post(target, e).settling(e.attempt(), Attempt.Outcome.NOT_MADE));
            case TargetEvent.PostPublished e -> target
                    .with(post(target, e).settling(e.attempt(), Attempt.Outcome.POSTED).posted(e.message()))
                    .in(TargetStatus.POSTED);
            case TargetEvent.LastLookPassed e -> target.with(post(target, e).looked(e.lookedAt(), false));
            case TargetEvent.PostMissing e -> target.with(post(target, e).looked(null, true));
            case TargetEvent.PostFailed e -> target.with(post(target, e).failed(e.reason()));
            case TargetEvent.SurplusPostFound e -> target.with(post(target, e).withSurplus(e.message()));
            case TargetEvent.SurplusPostSuspected e -> target.with(post(target, e).suspected(e.reason()));
            case TargetEvent.UnknownPostDecided e -> target.with(post(target, e).decided(e.posted()));
        };
    }

    private static EscrowState escrow(TargetState target, TargetEvent event) {
        return Objects.requireNonNull(target.escrow(), () -> event + " comes before the money was held");
    }

    private static PostState post(TargetState target, TargetEvent event) {
        return Objects.requireNonNull(target.post(), () -> event + " comes before the post was queued");
    }
}
