package io.campaignlauncher.market.model;

import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What follows from what a worker tells. A report is never refused: of a target that is not known, or without a post job, it changes
 * nothing; of one that has ended, only a post that nobody knew of is recorded.
 */
final class ReportRules {

    private ReportRules() {}

    static Decision record(Case c, IssuedCommand issued, MarketCommand.Report report) {
        if (!Action.REPORT_POST.openTo(issued.actor())) {
            return Decision.refuse(new Refusal.RoleMissing(Action.REPORT_POST));
        }
        var known = c.target();
        if (known == null || known.post() == null || c.campaign() == null) {
            return Decision.accept();
        }
        return Gate.target(c, issued, Action.REPORT_POST, (campaign, target, by) -> {
            var change = new TargetChange(c, target, by, new ArrayList<>());
            var advertiserId = campaign.advertiserId();
            switch (report) {
                case MarketCommand.ReportPosted r -> posted(change, r);
                case MarketCommand.ReportUnknown r -> unknown(change, r.attempt(), r.detail());
                case MarketCommand.ReportAsked r -> asked(change, r);
                case MarketCommand.ReportNotMade r -> notMade(change, r.attempt(), r.detail());
                case MarketCommand.ReportFailed r -> failed(change, advertiserId, r);
                case MarketCommand.ReportRolledBack r -> rolledBack(change, advertiserId, r.reason());
                case MarketCommand.ReportLastLook r -> looked(change, r);
            }
            return change.done();
        });
    }

    private static void posted(TargetChange change, MarketCommand.ReportPosted report) {
        var message = report.message();
        var post = change.post();
        if (post.isAt(message)) {
            notMade(change, report.attempt(), "it found the post of another attempt");
            return;
        }
        if (post.hasSurplus(message)) {
            return;
        }
        var lie = lie(change.c, change.target(), message);
        if (lie != null) {
            unknown(change, report.attempt(), lie);
            return;
        }
        if (post.ended()) {
            if (post.surplus().size() < PostState.SURPLUS_MAX) {
                change.emit(new TargetEvent.SurplusPostFound(change.target().id(), change.target().campaignId(),
                        change.by, post.id(), message));
            }
            return;
        }
        int attempt = Math.max(1, report.attempt());
        started(change, attempt);
        published(change, attempt, message);
    }

    static void published(TargetChange change, int attempt, Message message) {
        change.emit(new TargetEvent.PostPublished(change.target().id(), change.target().campaignId(), change.by,
                change.post().id(), attempt, message));
    }

    /** What cannot be so of a post that was read back; null where nothing is. */
    static @Nullable String lie(Case c, TargetState target, Message message) {
        if (message.messageId() <= 0) {
            return "a post was reported without a number";
        }
        if (c.messageTaken()) {
            return "a post was reported that is another target's";
        }
        var channel = c.channel();
        boolean elsewhere = switch (target.place()) {
            case Place.TelegramPost _ -> channel != null && channel.chatId() != message.chatId();
            case Place.FacebookLaunch launch -> !launch.adAccountId().equals("act_" + message.chatId());
        };
        return elsewhere ? "a post was reported in another place" : null;
    }

    /** An attempt that we know the outcome of keeps it. One that nobody started is taken as started: the worker knows better. */
    private static void unknown(TargetChange change, int attempt, String detail) {
        if (change.post().ended() && change.post().attempt(attempt).isEmpty()) {
            return;
        }
        started(change, attempt);
        boolean news = change.post().attempt(attempt)
                .map(one -> one.outcome() == Attempt.Outcome.UNDER_WAY).orElse(false);
        if (news) {
            change.emit(new TargetEvent.PostOutcomeUnknown(change.target().id(), change.target().campaignId(),
                    change.by, change.post().id(), attempt, cut(detail)));
        }
    }

    /**
     * Of a post that was read back once the attempt is known: there it is the post that a person has to look for. Of one whose money came
     * back it is whatever may be there against that.
     */
    private static void asked(TargetChange change, MarketCommand.ReportAsked report) {
        unknown(change, report.attempt(), report.detail());
        switch (change.post().status()) {
            case POSTED -> {
                if (change.post().lookedAt() == null) {
                    missing(change, change.c.now());
                }
            }
            case FAILED -> suspected(change, report.detail());
            case QUEUED, POSTING -> {
            }
        }
    }

    private static void suspected(TargetChange change, String detail) {
        if (change.post().suspicion() == null) {
            change.emit(new TargetEvent.SurplusPostSuspected(change.target().id(), change.target().campaignId(),
                    change.by, change.post().id(), cut(detail)));
        }
    }

    private static void started(TargetChange change, int attempt) {
        var post = change.post();
        if (attempt > 0 && post.attempt(attempt).isEmpty()
                && post.attempts().size() < change.c.policy().startsMax()) {
            change.emit(TargetEvent.PostingStarted.of(change.c, change.target(), post, change.by, attempt));
        }
    }

    static void notMade(TargetChange change, int attempt, String detail) {
        boolean open = change.post().attempt(attempt).map(one -> one.outcome().open()).orElse(false);
        if (open) {
            change.emit(new TargetEvent.PostNotMade(change.target().id(), change.target().campaignId(), change.by,
                    change.post().id(), attempt, cut(detail)));
        }
    }

    /** That one attempt was refused says nothing of another whose outcome is open. */
    private static void failed(TargetChange change, String advertiserId, MarketCommand.ReportFailed report) {
        notMade(change, report.attempt(), report.reason());
        if (!change.post().ended() && !change.post().outcomeOpen()) {
            EscrowRules.failAndRefund(change, advertiserId, cut(report.reason()));
        }
    }

    private static void rolledBack(TargetChange change, String advertiserId, String reason) {
        if (!change.post().ended()) {
            noneMade(change, reason);
            EscrowRules.failAndRefund(change, advertiserId, cut(reason));
        } else {
            missing(change, change.c.now());
        }
    }

    static void noneMade(TargetChange change, String detail) {
        change.post().open().forEach(attempt -> notMade(change, attempt.number(), detail));
    }

    /** The look saw the post once: so no open attempt has made another. */
    private static void looked(TargetChange change, MarketCommand.ReportLastLook report) {
        var target = change.target();
        if (target.status() != TargetStatus.POSTED) {
            return;
        }
        if (!report.found()) {
            missing(change, report.lookedAt());
            return;
        }
        noneMade(change, "the last look found no further post");
        if (change.post().lookedAt() == null && !change.post().missing()) {
            change.emit(new TargetEvent.LastLookPassed(target.id(), target.campaignId(), change.by, change.post().id(),
                    report.lookedAt()));
        }
        if (change.post().lookedAt() != null && change.escrow().status() == EscrowStatus.HELD
                && change.c.isOn(MarketSwitch.PAYOUTS)) {
            EscrowRules.release(change);
        }
    }

    private static void missing(TargetChange change, Instant lookedAt) {
        if (change.target().status() == TargetStatus.POSTED && change.escrow().status() == EscrowStatus.HELD
                && !change.post().missing()) {
            change.emit(new TargetEvent.PostMissing(change.target().id(), change.target().campaignId(), change.by,
                    change.post().id(), lookedAt));
        }
    }

    /** A worker's words for people, as long as they may be. */
    private static String cut(String text) {
        var storable = Words.storable(text);
        return storable.length() <= Fields.REASON_MAX ? storable : storable.substring(0, Fields.REASON_MAX);
    }
}
