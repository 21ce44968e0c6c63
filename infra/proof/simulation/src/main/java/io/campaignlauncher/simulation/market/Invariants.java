package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.CampaignStatus;
import io.campaignlauncher.market.model.EscrowStatus;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.LedgerEvent.MoveKind;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.MemoryMarket;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.PostStatus;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.market.model.WalletKind;
import io.campaignlauncher.market.tables.AuditLine;
import io.campaignlauncher.simulation.engine.Violation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** I1 to I19, as {@code invariants.sql} has them, of a marketplace in memory; what an invariant is about is counted here anew. */
final class Invariants {

    private static final Set<String> TOGETHER = Set.of("DRAFT - -", "SUBMITTED - -", "REJECTED - -",
            "APPROVED HELD QUEUED", "APPROVED HELD POSTING", "POSTED HELD POSTED", "POSTED RELEASED POSTED",
            "REFUNDED REFUNDED FAILED");

    private final MemoryMarket market;
    private final Set<MarketSwitch> off = new HashSet<>();
    private final Map<UUID, Money> sums = new HashMap<>();
    private final Map<String, MoneyMoved> byKey = new HashMap<>();
    private final Map<String, Integer> audit = new HashMap<>();

    Invariants(MemoryMarket market) {
        this.market = market;
    }

    void turned(MarketSwitch name, boolean on) {
        if (on) {
            off.remove(name);
        } else {
            off.add(name);
        }
    }

    /** One decision was stored. @throws Violation */
    void check(List<MarketEvent> stored) {
        stored.forEach(this::note);
        wallets();
        market.targets().values().forEach(this::target);
        market.campaigns().keySet().forEach(this::budget);
        messages();
    }

    private void note(MarketEvent event) {
        var line = AuditLine.of(event);
        audit.merge(line.action() + " " + line.metadata().get("targetId"), 1, Integer::sum);
        require("I13d", line.metadata().containsKey("role") && line.metadata().containsKey("correlationId"), event);
        if (event instanceof MoneyMoved moved) {
            moved(moved);
        }
    }

    private void moved(MoneyMoved moved) {
        require("I10", byKey.put(moved.by().tenant() + " " + moved.key(), moved) == null, moved);
        require("I3", moved.legs().size() >= 2
                && Money.sum(moved.legs().stream().map(LedgerEvent.Leg::amount).toList()).isZero(), moved);
        for (var leg : moved.legs()) {
            require("I4", !leg.amount().isZero() && leg.amount().amount().scale() <= 2
                    && market.wallets().containsKey(leg.walletId()), moved);
            sums.merge(leg.walletId(), leg.amount(), Money::plus);
        }
        require("I18", !(moved.kind() == MoveKind.ESCROW_HOLD && off.contains(MarketSwitch.NEW_ESCROWS))
                && !(moved.kind() == MoveKind.ESCROW_RELEASE && off.contains(MarketSwitch.PAYOUTS)), moved);
    }

    private void wallets() {
        var all = Money.ZERO;
        for (var wallet : market.wallets().values()) {
            var balance = wallet.balance();
            require("I1, I5", balance.equals(sums.getOrDefault(wallet.id(), Money.ZERO)), wallet);
            require("I2", wallet.kind() == WalletKind.EXTERNAL || !balance.isNegative(), wallet);
            all = all.plus(balance);
        }
        require("I19", all.isZero(), all);
    }

    private void target(TargetState target) {
        var escrow = target.escrow();
        var post = target.post();
        require("I6, I7, I8", TOGETHER.contains(target.status() + " " + (escrow == null ? "-" : escrow.status()) + " "
                + (post == null ? "-" : post.status())), target);
        var campaign = Objects.requireNonNull(market.campaigns().get(target.campaignId()));
        boolean live = target.status() == TargetStatus.SUBMITTED || target.status() == TargetStatus.APPROVED;
        require("I12", !(campaign.status() == CampaignStatus.CANCELLED && live)
                && !(campaign.status() == CampaignStatus.DRAFT && target.status() != TargetStatus.DRAFT), target);
        if (escrow == null || post == null) {
            return;
        }
        boolean held = escrow.status() == EscrowStatus.HELD;
        require("I9", sums.getOrDefault(escrow.walletId(), Money.ZERO).equals(held ? escrow.amount() : Money.ZERO),
                target);
        var end = byKey.get(target.tenant() + " escrow:" + target.id() + ":end");
        require("I10", held == (end == null) && (end == null || end.kind() == (escrow.status() == EscrowStatus.RELEASED
                ? MoveKind.ESCROW_RELEASE
                : MoveKind.ESCROW_REFUND)), target);
        require("I13a", audited("escrow_held", target) == 1, target);
        require("I13b", audited("escrow_released", target) + audited("escrow_refunded", target) == (held ? 0 : 1),
                target);
        require("I13c", audited("post_published", target) == (post.status() == PostStatus.POSTED ? 1 : 0), target);
        require("I14b", post.status() != PostStatus.POSTED || post.message() != null, target);
        require("I15", held || !post.outcomeOpen(), target);
        var approval = Objects.requireNonNull(target.approval());
        require("I16", post.contentHash().equals(approval.contentHash()), target);
        require("I17", !approval.by().equals(campaign.advertiserId()), target);
    }

    private int audited(String action, TargetState target) {
        return audit.getOrDefault(action + " " + target.id(), 0);
    }

    private void budget(UUID campaignId) {
        var campaign = Objects.requireNonNull(market.campaigns().get(campaignId));
        var committed = Money.ZERO;
        for (var target : market.targets().values()) {
            var escrow = target.escrow();
            if (escrow != null && target.campaignId().equals(campaignId) && escrow.status() != EscrowStatus.REFUNDED) {
                committed = committed.plus(escrow.amount());
            }
        }
        require("I11", committed.compareTo(campaign.totalBudget()) <= 0, campaign);
    }

    private void messages() {
        var seen = new HashSet<String>();
        for (var target : market.targets().values()) {
            var message = target.post() == null ? null : target.post().message();
            require("I14a", message == null || seen.add(message.chatId() + "/" + message.messageId()), target);
        }
    }

    private static void require(String name, boolean holds, Object about) {
        if (!holds) {
            throw new Violation(name + " does not hold of " + about);
        }
    }
}
