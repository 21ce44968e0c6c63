package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.Refusal.Subject;
import java.util.ArrayList;

/** How a target is sent back: by a moderator, by its review's deadline, or with its campaign. */
final class RejectionRules {

    static final String REVIEW_OVER = "nobody judged it in time";

    private RejectionRules() {}

    static Decision reject(Case c, IssuedCommand issued, MarketCommand.RejectTarget command) {
        return Gate.target(c, issued, Action.REJECT_TARGET,
                (_, target, by) -> new Fields().line("reason", command.reason(), Fields.REASON_MAX).refusal()
                        .orElseGet(() -> rejected(c, target, command, by)));
    }

    private static Decision rejected(Case c, TargetState target, MarketCommand.RejectTarget command, Cause by) {
        return switch (target.status()) {
            case REJECTED -> command.version() == target.rejectedVersion() ? Decision.accept()
                    : Decision.refuse(new Refusal.VersionChanged(target.version()));
            case SUBMITTED -> command.version() == target.version()
                    ? rejected(c, target, command.reason(), by)
                    : Decision.refuse(new Refusal.VersionChanged(target.version()));
            case DRAFT, APPROVED, POSTED, REFUNDED ->
                Decision.refuse(new Refusal.WrongState(Subject.TARGET, target.status().word()));
        };
    }

    /** A timer that is early, or late, does nothing. */
    static Decision expire(Case c, IssuedCommand issued) {
        return Gate.target(c, issued, Action.EXPIRE_REVIEW, (_, target, by) -> {
            var deadline = target.reviewDeadline();
            boolean over = target.status() == TargetStatus.SUBMITTED && deadline != null && !c.now().isBefore(deadline);
            return over ? rejected(c, target, REVIEW_OVER, by) : Decision.accept();
        });
    }

    private static Decision rejected(Case c, TargetState target, String reason, Cause by) {
        var change = new TargetChange(c, target, by, new ArrayList<>());
        reject(change, reason);
        return change.done();
    }

    static void reject(TargetChange change, String reason) {
        var target = change.target();
        change.emit(new TargetEvent.TargetRejected(target.id(), target.campaignId(), change.by, target.version(),
                reason));
    }
}
