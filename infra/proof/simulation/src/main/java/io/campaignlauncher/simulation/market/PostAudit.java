package io.campaignlauncher.simulation.market;

import static io.campaignlauncher.simulation.market.Auditor.DONE;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.simulation.market.AuditedTarget.Stage;
import io.campaignlauncher.simulation.market.AuditedTarget.Try;
import java.util.Map;
import java.util.Objects;

/** Predicts what becomes of posts, and of the money that waits for them. */
final class PostAudit {

    private static final int SURPLUS_MAX = 100;

    private final AuditedWorld world;

    PostAudit(AuditedWorld world) {
        this.world = world;
    }

    String start(Actor actor, MarketCommand.StartPosting c) {
        var target = world.targets.get(c.targetId());
        var refusal = world.of(actor, AuditedRoles.WORK, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (!target.hasPostJob()) {
            return "WrongState";
        }
        if (target.tries.containsKey(c.attempt())) {
            return DONE;
        }
        if (target.stage != Stage.APPROVED) {
            return "WrongState";
        }
        if (target.isOpen()) {
            return "PostUnderWay";
        }
        if (c.attempt() != 1 + target.tries.keySet().stream().mapToInt(each -> each).max().orElse(0)) {
            return "Invalid";
        }
        if (target.tries.size() >= world.policy.startsMax()) {
            return "TooManyStarts";
        }
        if (target.campaign.stage != AuditedCampaign.Stage.ACTIVE) {
            return "CampaignNotActive";
        }
        var postAt = target.place.postAt();
        if (postAt != null && world.now.isBefore(postAt)) {
            return "TooEarly";
        }
        if (!world.now.isBefore(target.postedBefore)) {
            return "TooLate";
        }
        if (target.place instanceof Place.TelegramPost) {
            if (world.off.contains(MarketSwitch.TELEGRAM_POSTING)) {
                return "SwitchOff";
            }
            if (!world.isReady(target)) {
                return "ChannelNotReady";
            }
        }
        target.tries.put(c.attempt(), Try.RUNNING);
        return DONE;
    }

    String report(Actor actor, MarketCommand.Report report) {
        if (!AuditedRoles.WORK.openTo(actor.roles())) {
            return "RoleMissing";
        }
        var target = world.targets.get(report.targetId());
        if (target == null || !target.hasPostJob()) {
            return DONE;
        }
        var refusal = world.of(actor, AuditedRoles.WORK, target);
        if (refusal != null) {
            return refusal;
        }
        switch (report) {
            case MarketCommand.ReportPosted r -> reportedPost(target, r);
            case MarketCommand.ReportUnknown r -> reportedUnknown(target, r.attempt());
            case MarketCommand.ReportAsked r -> {
                reportedUnknown(target, r.attempt());
                if (!target.looked) {
                    isMissing(target);
                }
                target.suspected |= target.stage == Stage.REFUNDED;
            }
            case MarketCommand.ReportNotMade r -> target.close(r.attempt());
            case MarketCommand.ReportFailed r -> {
                target.close(r.attempt());
                if (target.stage == Stage.APPROVED && !target.isOpen()) {
                    world.refund(target);
                }
            }
            case MarketCommand.ReportRolledBack _ -> {
                if (target.stage == Stage.APPROVED) {
                    target.closeAll();
                    world.refund(target);
                } else {
                    isMissing(target);
                }
            }
            case MarketCommand.ReportLastLook r -> reportedLook(target, r.found());
        }
        return DONE;
    }

    private void reportedPost(AuditedTarget target, MarketCommand.ReportPosted r) {
        if (target.isAt(r.message())) {
            target.close(r.attempt());
        } else if (target.surplus.stream().anyMatch(each -> AuditedTarget.same(each, r.message()))) {
            return;
        } else if (isLie(target, r.message())) {
            reportedUnknown(target, r.attempt());
        } else if (target.stage != Stage.APPROVED) {
            if (target.surplus.size() < SURPLUS_MAX) {
                target.surplus.add(r.message());
            }
        } else {
            int attempt = Math.max(1, r.attempt());
            begun(target, attempt);
            posted(target, attempt, r.message());
        }
    }

    private boolean isLie(AuditedTarget target, Message message) {
        boolean taken = world.targets.values().stream().anyMatch(each -> each != target && each.isAt(message));
        boolean elsewhere = target.place instanceof Place.TelegramPost post
                ? Objects.requireNonNull(world.channels.get(post.channelId())).chatId != message.chatId()
                : !(target.place instanceof Place.FacebookLaunch launch
                        && launch.adAccountId().equals("act_" + message.chatId()));
        return message.messageId() <= 0 || taken || elsewhere;
    }

    private void begun(AuditedTarget target, int attempt) {
        if (attempt > 0 && !target.tries.containsKey(attempt) && target.tries.size() < world.policy.startsMax()) {
            target.tries.put(attempt, Try.RUNNING);
        }
    }

    private static void posted(AuditedTarget target, int attempt, Message message) {
        target.tries.computeIfPresent(attempt, (_, _) -> Try.POSTED);
        target.message = message;
        target.stage = Stage.POSTED;
    }

    private void reportedUnknown(AuditedTarget target, int attempt) {
        if (target.stage != Stage.APPROVED && !target.tries.containsKey(attempt)) {
            return;
        }
        begun(target, attempt);
        target.tries.computeIfPresent(attempt, (_, is) -> is == Try.RUNNING ? Try.UNKNOWN : is);
    }

    private void reportedLook(AuditedTarget target, boolean found) {
        if (target.stage != Stage.POSTED) {
            return;
        }
        if (!found) {
            isMissing(target);
            return;
        }
        target.closeAll();
        if (!target.missing) {
            target.looked = true;
        }
        if (target.looked && !target.paid && !world.off.contains(MarketSwitch.PAYOUTS)) {
            world.pay(target);
        }
    }

    private static void isMissing(AuditedTarget target) {
        if (target.stage == Stage.POSTED && !target.paid && !target.missing) {
            target.missing = true;
            target.looked = false;
        }
    }

    String decide(Actor actor, MarketCommand.DecideUnknownPost c) {
        var target = world.targets.get(c.targetId());
        var refusal = world.of(actor, AuditedRoles.OFFICE, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (c.reason().isBlank()) {
            return "Invalid";
        }
        var message = c.message();
        if (target.missing) {
            if (!c.posted()) {
                return "Invalid";
            }
            target.closeAll();
            target.missing = false;
            target.looked = true;
        } else if (target.suspected) {
            if (c.posted()) {
                return "Invalid";
            }
            target.suspected = false;
        } else if (target.stage == Stage.APPROVED && target.isUnknown()) {
            if (!c.posted()) {
                target.closeAll();
                world.refund(target);
            } else if (message == null || isLie(target, message)) {
                return "Invalid";
            } else {
                posted(target, target.tries.entrySet().stream()
                        .filter(each -> each.getValue() == Try.RUNNING || each.getValue() == Try.UNKNOWN)
                        .mapToInt(Map.Entry::getKey).max().orElse(1), message);
            }
        } else {
            return Objects.equals(target.decided, c.posted()) ? DONE : "NothingToDecide";
        }
        target.decided = c.posted();
        return DONE;
    }

    String release(Actor actor, MarketCommand.ReleaseEscrow c) {
        var target = world.targets.get(c.targetId());
        var refusal = world.of(actor, AuditedRoles.WORK, target);
        if (refusal != null) {
            return refusal;
        }
        Objects.requireNonNull(target);
        if (target.paid) {
            return DONE;
        }
        if (target.stage != Stage.POSTED) {
            return "WrongState";
        }
        if (target.isOpen()) {
            return "PostUnderWay";
        }
        if (!target.looked) {
            return "NotLookedAt";
        }
        if (world.off.contains(MarketSwitch.PAYOUTS)) {
            return "SwitchOff";
        }
        world.pay(target);
        return DONE;
    }

    String expirePosting(Actor actor, MarketCommand.ExpirePosting c) {
        var target = world.targets.get(c.targetId());
        var refusal = world.of(actor, AuditedRoles.WORK, target);
        if (refusal == null && Objects.requireNonNull(target).stage == Stage.APPROVED && !target.isOpen()
                && !world.now.isBefore(target.postedBefore)) {
            world.refund(target);
        }
        return refusal == null ? DONE : refusal;
    }
}
