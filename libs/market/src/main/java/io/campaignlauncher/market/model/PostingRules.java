package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.Refusal.Subject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a worker may post, when the publisher is paid, and when it is too late for both. */
final class PostingRules {

    static final String POSTING_OVER = "it did not go out in time";

    private PostingRules() {}

    static Decision start(Case c, IssuedCommand issued, MarketCommand.StartPosting command) {
        return Gate.target(c, issued, Action.START_POSTING, (campaign, target, by) -> {
            var post = target.post();
            if (post == null) {
                return Decision.refuse(new Refusal.WrongState(Subject.TARGET, target.status().word()));
            }
            if (post.attempt(command.attempt()).isPresent()) {
                return Decision.accept();
            }
            var obstacle = obstacle(c, campaign, target, post, command.attempt());
            return obstacle != null ? Decision.refuse(obstacle)
                    : Decision.accept(TargetEvent.PostingStarted.of(c, target, post, by, command.attempt()));
        });
    }

    private static @Nullable Refusal obstacle(Case c, CampaignState campaign, TargetState target, PostState post,
            int attempt) {
        if (post.ended()) {
            return new Refusal.WrongState(Subject.TARGET, target.status().word());
        }
        if (post.outcomeOpen()) {
            return new Refusal.PostUnderWay(List.of(target.id()));
        }
        int next = 1 + post.attempts().stream().mapToInt(Attempt::number).max().orElse(0);
        if (attempt != next) {
            return Refusal.Invalid.of("attempt", "must be " + next);
        }
        if (post.attempts().size() >= c.policy().startsMax()) {
            return new Refusal.TooManyStarts(c.policy().startsMax());
        }
        if (campaign.status() != CampaignStatus.ACTIVE) {
            return new Refusal.CampaignNotActive(campaign.status());
        }
        var postAt = target.place().postAt();
        if (postAt != null && c.now().isBefore(postAt)) {
            return new Refusal.TooEarly(postAt);
        }
        if (!c.now().isBefore(post.deadline())) {
            return new Refusal.TooLate(post.deadline());
        }
        return switch (target.place()) {
            case Place.TelegramPost _ -> c.isOn(MarketSwitch.TELEGRAM_POSTING) ? notReady(c.channel())
                    : new Refusal.SwitchOff(MarketSwitch.TELEGRAM_POSTING);
            // Launches have kill switches of their own.
            case Place.FacebookLaunch _ -> null;
        };
    }

    private static @Nullable Refusal notReady(@Nullable ChannelState channel) {
        if (channel == null) {
            return new Refusal.NoSuch(Subject.CHANNEL);
        }
        return channel.ready() ? null : new Refusal.ChannelNotReady(channel.lacking());
    }

    static Decision release(Case c, IssuedCommand issued) {
        return Gate.target(c, issued, Action.RELEASE_ESCROW, (_, target, by) -> {
            var escrow = target.escrow();
            var post = target.post();
            if (escrow != null && escrow.status() == EscrowStatus.RELEASED) {
                return Decision.accept();
            }
            if (escrow == null || post == null || target.status() != TargetStatus.POSTED) {
                return Decision.refuse(new Refusal.WrongState(Subject.TARGET, target.status().word()));
            }
            if (post.outcomeOpen()) {
                return Decision.refuse(new Refusal.PostUnderWay(List.of(target.id())));
            }
            if (post.lookedAt() == null) {
                return Decision.refuse(new Refusal.NotLookedAt());
            }
            if (!c.isOn(MarketSwitch.PAYOUTS)) {
                return Decision.refuse(new Refusal.SwitchOff(MarketSwitch.PAYOUTS));
            }
            var change = new TargetChange(c, target, by, new ArrayList<>());
            EscrowRules.release(change);
            return change.done();
        });
    }

    /** A timer that is early, or late, does nothing; nor does one that finds an open outcome: the report of it decides. */
    static Decision expire(Case c, IssuedCommand issued) {
        return Gate.target(c, issued, Action.EXPIRE_POSTING, (campaign, target, by) -> {
            var post = target.post();
            boolean over = post != null && !post.ended() && !post.outcomeOpen() && !c.now().isBefore(post.deadline());
            if (!over) {
                return Decision.accept();
            }
            var change = new TargetChange(c, target, by, new ArrayList<>());
            EscrowRules.failAndRefund(change, campaign.advertiserId(), POSTING_OVER);
            return change.done();
        });
    }
}
