package io.campaignlauncher.market.model;

import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a person decides about a post of which no worker can tell what became of it, or which is there no more. */
final class UnknownPostRules {

    private UnknownPostRules() {}

    static Decision decide(Case c, IssuedCommand issued, MarketCommand.DecideUnknownPost command) {
        return Gate.target(c, issued, Action.DECIDE_UNKNOWN_POST,
                (campaign, target, by) -> new Fields().line("reason", command.reason(), Fields.REASON_MAX).refusal()
                        .orElseGet(() -> decided(new TargetChange(c, target, by, new ArrayList<>()),
                                campaign.advertiserId(), command)));
    }

    private static Decision decided(TargetChange change, String advertiserId,
            MarketCommand.DecideUnknownPost command) {
        var post = change.target().post();
        if (post == null) {
            return Decision.refuse(new Refusal.NothingToDecide());
        }
        if (post.missing() && post.status() == PostStatus.POSTED) {
            return missing(change, command);
        }
        if (post.suspicion() != null) {
            return suspected(change, command);
        }
        if (!post.ended() && post.unknown()) {
            return unknown(change, advertiserId, command);
        }
        return post.decided() != null && post.decided() == command.posted() ? Decision.accept()
                : Decision.refuse(new Refusal.NothingToDecide());
    }

    /** It was read back once, so that its money cannot come back any more: it can only be said that it counts. */
    private static Decision missing(TargetChange change, MarketCommand.DecideUnknownPost command) {
        if (!command.posted()) {
            return Decision.refuse(Refusal.Invalid.of("posted", "must be true: a post that was read back once counts"));
        }
        note(change, command, Objects.requireNonNullElse(command.message(),
                Objects.requireNonNull(change.post().message())));
        ReportRules.noneMade(change, command.reason());
        lookPassed(change);
        return change.done();
    }

    /** Its money came back, and does not go twice: it can only be said that there is none, any more. Whoever posts looks again. */
    private static Decision suspected(TargetChange change, MarketCommand.DecideUnknownPost command) {
        if (command.posted()) {
            return Decision.refuse(Refusal.Invalid.of("posted",
                    "must be false: the money came back, so the post has to be deleted"));
        }
        note(change, command, null);
        return change.done();
    }

    /** What the person has seen is the last look. */
    private static void lookPassed(TargetChange change) {
        change.emit(new TargetEvent.LastLookPassed(change.target().id(), change.target().campaignId(), change.by,
                change.post().id(), change.c.now()));
    }

    private static Decision unknown(TargetChange change, String advertiserId,
            MarketCommand.DecideUnknownPost command) {
        var message = command.message();
        if (!command.posted()) {
            note(change, command, message);
            ReportRules.noneMade(change, command.reason());
            EscrowRules.failAndRefund(change, advertiserId, command.reason());
            return change.done();
        }
        if (message == null) {
            return Decision.refuse(Refusal.Invalid.of("message", "is needed where the post exists"));
        }
        var lie = ReportRules.lie(change.c, change.target(), message);
        if (lie != null) {
            return Decision.refuse(Refusal.Invalid.of("message", "cannot be the post: " + lie));
        }
        int attempt = change.post().open().mapToInt(Attempt::number).max().orElse(1);
        note(change, command, message);
        ReportRules.published(change, attempt, message);
        if (change.target().place().isLaunch()) {
            // Its job has ended: nobody looks again.
            lookPassed(change);
        }
        return change.done();
    }

    /** @param message which post counts, for whoever posts: without one there shall be none */
    private static void note(TargetChange change, MarketCommand.DecideUnknownPost command, @Nullable Message message) {
        change.emit(new TargetEvent.UnknownPostDecided(change.target().id(), change.target().campaignId(), change.by,
                change.post().id(), command.posted(), message, command.reason(),
                change.target().place().isLaunch()));
    }
}
