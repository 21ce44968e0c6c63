package io.campaignlauncher.simulation.market;

import static io.campaignlauncher.simulation.market.AuditedWorld.cents;
import static io.campaignlauncher.simulation.market.AuditedWorld.isNoAmount;
import static io.campaignlauncher.simulation.market.Auditor.DONE;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.simulation.market.AuditedWorld.Channel;
import io.campaignlauncher.simulation.market.AuditedWorld.Correction;
import io.campaignlauncher.simulation.market.AuditedWorld.Paid;
import java.util.List;

/** Predicts what becomes of deposits, of corrections and of channels, which have their price. */
final class MoneyAudit {

    private final AuditedWorld world;

    MoneyAudit(AuditedWorld world) {
        this.world = world;
    }

    String deposit(Actor actor, MarketCommand.Deposit c) {
        var refusal = AuditedRoles.OFFICE.refusal(actor, null, "");
        if (refusal != null) {
            return refusal;
        }
        if (c.userId().isBlank() || c.externalId().isBlank() || isNoAmount(c.amount())) {
            return "Invalid";
        }
        var paid = new Paid(c.userId(), cents(c.amount()));
        var before = world.deposits.putIfAbsent(actor.tenant() + "/" + c.externalId(), paid);
        if (before != null) {
            return before.equals(paid) ? DONE : "DifferentRequest";
        }
        var external = MarketIds.external(actor.tenant());
        var wallet = MarketIds.userWallet(actor.tenant(), c.userId());
        world.books.open(actor.tenant(), external);
        world.books.open(actor.tenant(), wallet);
        world.books.move(external, wallet, paid.amount());
        return DONE;
    }

    String propose(Actor actor, MarketCommand.ProposeCorrection c) {
        var refusal = AuditedRoles.OFFICE.refusal(actor, null, "");
        if (refusal != null) {
            return refusal;
        }
        if (!world.books.isOf(actor.tenant(), c.fromWalletId()) || !world.books.isOf(actor.tenant(), c.toWalletId())) {
            return "NoSuch";
        }
        if (isNoAmount(c.amount()) || c.reason().isBlank() || c.fromWalletId().equals(c.toWalletId())) {
            return "Invalid";
        }
        var known = world.corrections.putIfAbsent(c.correctionId(), new Correction(actor.tenant(), actor.userId(), c));
        return known == null || known.tenant.equals(actor.tenant()) && known.by.equals(actor.userId())
                && known.command.fromWalletId().equals(c.fromWalletId())
                && known.command.toWalletId().equals(c.toWalletId())
                && cents(known.command.amount()) == cents(c.amount())
                && known.command.reason().equals(c.reason()) ? DONE : "DifferentRequest";
    }

    String approve(Actor actor, MarketCommand.ApproveCorrection c) {
        if (!AuditedRoles.CORRECTION_APPROVE.openTo(actor.roles())) {
            return "RoleMissing";
        }
        var correction = world.corrections.get(c.correctionId());
        if (correction == null || !correction.tenant.equals(actor.tenant())) {
            return "NoSuch";
        }
        var refusal = AuditedRoles.CORRECTION_APPROVE.refusal(actor, correction.by, "OwnCorrection");
        if (refusal != null) {
            return refusal;
        }
        if (correction.approved) {
            return DONE;
        }
        var from = correction.command.fromWalletId();
        long amount = cents(correction.command.amount());
        if (!from.equals(MarketIds.external(correction.tenant)) && world.books.balance(from) < amount) {
            return "NotEnoughBalance";
        }
        correction.approved = true;
        world.books.move(from, correction.command.toWalletId(), amount);
        return DONE;
    }

    String offer(Actor actor, MarketCommand.OfferChannel c) {
        var refusal = AuditedRoles.CHANNEL_OFFER.refusal(actor, actor.userId(), "");
        if (refusal != null) {
            return refusal;
        }
        if (c.chat().isBlank() || isNoAmount(c.price()) || !c.lacking().isEmpty()) {
            return "Invalid";
        }
        var channel = world.channels.computeIfAbsent(MarketIds.channel(c.chatId()),
                _ -> new Channel(actor.tenant(), actor.userId(), c.chatId()));
        if (!channel.tenant.equals(actor.tenant()) || !channel.owner.equals(actor.userId())) {
            return "ChannelTaken";
        }
        channel.price = cents(c.price());
        channel.lacking = List.of();
        return DONE;
    }

    String refresh(Actor actor, MarketCommand.RefreshChannel c) {
        if (!AuditedRoles.CHANNEL_REFRESH.openTo(actor.roles())) {
            return "RoleMissing";
        }
        var channel = world.channels.get(c.channelId());
        if (channel == null || !channel.tenant.equals(actor.tenant())) {
            return "NoSuch";
        }
        var refusal = AuditedRoles.CHANNEL_REFRESH.refusal(actor, channel.owner, "");
        if (refusal == null) {
            channel.lacking = c.lacking();
        }
        return refusal == null ? DONE : refusal;
    }
}
