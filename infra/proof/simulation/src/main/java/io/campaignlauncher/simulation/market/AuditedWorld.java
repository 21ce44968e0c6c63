package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.simulation.market.AuditedTarget.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the auditor knows, and what several of its predictions are made of. */
final class AuditedWorld {

    private static final long CENTS = 100;

    final MarketPolicy policy;
    final Books books = new Books();
    final Map<UUID, AuditedCampaign> campaigns = new HashMap<>();
    final Map<UUID, AuditedTarget> targets = new HashMap<>();
    final Map<UUID, Channel> channels = new HashMap<>();
    final Map<UUID, Correction> corrections = new HashMap<>();
    final Map<String, Paid> deposits = new HashMap<>();
    final Set<MarketSwitch> off = new HashSet<>();
    Instant now = Instant.EPOCH;

    static final class Channel {
        final String tenant;
        final String owner;
        final long chatId;
        long price;
        List<String> lacking = List.of();

        Channel(String tenant, String owner, long chatId) {
            this.tenant = tenant;
            this.owner = owner;
            this.chatId = chatId;
        }
    }

    record Paid(String user, long amount) {}

    static final class Correction {
        final String tenant;
        final String by;
        final MarketCommand.ProposeCorrection command;
        boolean approved;

        Correction(String tenant, String by, MarketCommand.ProposeCorrection command) {
            this.tenant = tenant;
            this.by = by;
            this.command = command;
        }
    }

    AuditedWorld(MarketPolicy policy) {
        this.policy = policy;
    }

    @Nullable
    String of(Actor actor, AuditedRoles action, @Nullable AuditedCampaign campaign) {
        if (!action.openTo(actor.roles())) {
            return "RoleMissing";
        }
        if (campaign == null || !campaign.tenant.equals(actor.tenant())) {
            return "NoSuch";
        }
        return action.refusal(actor, campaign.owner, "OwnCampaign");
    }

    @Nullable
    String of(Actor actor, AuditedRoles action, @Nullable AuditedTarget target) {
        return of(actor, action, target == null ? null : target.campaign);
    }

    boolean isReady(AuditedTarget target) {
        return !(target.place instanceof Place.TelegramPost post)
                || Objects.requireNonNull(channels.get(post.channelId())).lacking.isEmpty();
    }

    static void rejected(AuditedTarget target) {
        target.stage = Stage.REJECTED;
        target.rejectedVersion = target.version;
    }

    void refund(AuditedTarget target) {
        target.stage = Stage.REFUNDED;
        books.move(MarketIds.escrowWallet(target.id),
                MarketIds.userWallet(target.campaign.tenant, target.campaign.owner), target.price);
    }

    void pay(AuditedTarget target) {
        target.paid = true;
        var tenant = target.campaign.tenant;
        var escrow = MarketIds.escrowWallet(target.id);
        if (target.commission < target.price) {
            var payee = MarketIds.userWallet(tenant, Objects.requireNonNull(target.publisher));
            books.open(tenant, payee);
            books.move(escrow, payee, target.price - target.commission);
        }
        if (target.commission > 0) {
            books.open(tenant, MarketIds.fees(tenant));
            books.move(escrow, MarketIds.fees(tenant), target.commission);
        }
    }

    /** Times are kept to the millisecond. */
    static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Digits, at most two behind the point, and above zero. */
    static boolean isNoAmount(String text) {
        return !text.matches("[0-9]{1,12}(\\.[0-9]{1,2})?") || new BigDecimal(text).signum() == 0;
    }

    static long cents(String amount) {
        return new BigDecimal(amount).multiply(BigDecimal.valueOf(CENTS)).longValueExact();
    }
}
