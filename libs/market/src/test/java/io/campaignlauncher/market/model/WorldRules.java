package io.campaignlauncher.market.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What holds of any history of a marketplace, whatever anybody does. */
final class WorldRules {

    /** Target, escrow and post job: what goes together. */
    private static final Set<String> MATRIX = Set.of("draft none none", "submitted none none", "rejected none none",
            "approved held queued", "approved held posting", "posted held posted", "posted released posted",
            "refunded refunded failed");

    private final MemoryMarket market;
    private Map<UUID, TargetState> targetsBefore = Map.of();
    private Map<UUID, CampaignState> campaignsBefore = Map.of();

    WorldRules(MemoryMarket market) {
        this.market = market;
    }

    void before() {
        targetsBefore = Map.copyOf(market.targets);
        campaignsBefore = Map.copyOf(market.campaigns);
    }

    void after(MarketWorld.Step step, Decision decision) {
        switch (decision) {
            case Decision.Refused(var refusal) -> {
                assertThat(Answers.status(refusal)).isIn(400, 403, 404, 409);
                assertThat(Answers.sentence(refusal)).isNotBlank();
                assertThat(step.command() instanceof MarketCommand.Report && step.actor().equals(Actor.system("local")))
                        .as("a report is refused: %s", refusal).isFalse();
            }
            case Decision.Accepted(var events) -> {
                assertThat(Market.decide(market.caseFor(step.actor().tenant(), step.command()),
                        new IssuedCommand(step.actor(), "again", step.command())))
                        .as("%s again, after %s", step, events).isEqualTo(Decision.accept());
                events.forEach(event -> assertThat(event.by().role()).isIn(step.actor().roles()));
                moved(events);
            }
        }
        arrows(step);
        balances();
        targets();
    }

    /** Money of a target ends only when the outcome of its post is known. */
    private void moved(List<MarketEvent> events) {
        for (var event : events) {
            if (event instanceof LedgerEvent.MoneyMoved moved && moved.targetId() != null
                    && moved.kind() != LedgerEvent.MoveKind.ESCROW_HOLD) {
                assertThat(market.target(moved.targetId()).post().outcomeOpen()).as("%s", moved).isFalse();
            }
        }
    }

    private void arrows(MarketWorld.Step step) {
        var action = actionOf(step.command());
        market.campaigns.forEach((id, is) -> {
            var was = campaignsBefore.get(id);
            along(action, was == null ? null : was.status(), is.status());
        });
        market.targets.forEach((id, is) -> {
            var was = targetsBefore.get(id);
            along(action, was == null ? null : was.status(), is.status());
            if (was != null && was.escrow() != null) {
                along(action, was.escrow().status(), is.escrow().status());
            }
            // A post whose start nobody knew of passes two arrows at once.
            if (was != null && was.post() != null
                    && !(was.post().status() == PostStatus.QUEUED && is.post().status() == PostStatus.POSTED)) {
                along(action, was.post().status(), is.post().status());
            }
        });
    }

    private static void along(Action action, Status was, Status is) {
        if (was != null && was != is) {
            assertThat(Arrow.to(action, was)).as("%s from %s to %s", action, was, is).isPresent();
            assertThat(Arrow.ALL).contains(new Arrow(action, was, is));
        }
    }

    private static Action actionOf(MarketCommand command) {
        return switch (command) {
            case MarketCommand.DraftCampaign _ -> Action.DRAFT_CAMPAIGN;
            case MarketCommand.ActivateCampaign _ -> Action.ACTIVATE_CAMPAIGN;
            case MarketCommand.PauseCampaign _ -> Action.PAUSE_CAMPAIGN;
            case MarketCommand.ResumeCampaign _ -> Action.RESUME_CAMPAIGN;
            case MarketCommand.CancelCampaign _ -> Action.CANCEL_CAMPAIGN;
            case MarketCommand.CompleteCampaign _ -> Action.COMPLETE_CAMPAIGN;
            case MarketCommand.DraftTarget _ -> Action.DRAFT_TARGET;
            case MarketCommand.EditTarget _ -> Action.EDIT_TARGET;
            case MarketCommand.SubmitTarget _ -> Action.SUBMIT_TARGET;
            case MarketCommand.ApproveTarget _ -> Action.APPROVE_TARGET;
            case MarketCommand.RejectTarget _ -> Action.REJECT_TARGET;
            case MarketCommand.ExpireReview _ -> Action.EXPIRE_REVIEW;
            case MarketCommand.StartPosting _ -> Action.START_POSTING;
            case MarketCommand.Report _ -> Action.REPORT_POST;
            case MarketCommand.DecideUnknownPost _ -> Action.DECIDE_UNKNOWN_POST;
            case MarketCommand.ReleaseEscrow _ -> Action.RELEASE_ESCROW;
            case MarketCommand.ExpirePosting _ -> Action.EXPIRE_POSTING;
            case MarketCommand.Deposit _ -> Action.DEPOSIT;
            case MarketCommand.ProposeCorrection _ -> Action.PROPOSE_CORRECTION;
            case MarketCommand.ApproveCorrection _ -> Action.APPROVE_CORRECTION;
            case MarketCommand.OfferChannel _ -> Action.OFFER_CHANNEL;
            case MarketCommand.RefreshChannel _ -> Action.REFRESH_CHANNEL;
        };
    }

    /** Balances follow from the entries, nobody but the world outside is below zero, and all together have nothing. */
    private void balances() {
        var sums = new HashMap<UUID, Money>();
        market.wallets.keySet().forEach(id -> sums.put(id, Money.ZERO));
        market.moves.values().forEach(
                move -> move.legs().forEach(leg -> sums.merge(leg.walletId(), leg.amount(), Money::plus)));
        market.wallets.forEach((id, wallet) -> {
            assertThat(wallet.balance()).as("%s", wallet).isEqualTo(sums.get(id));
            assertThat(wallet.kind() == WalletKind.EXTERNAL || !wallet.balance().isNegative()).as("%s", wallet)
                    .isTrue();
        });
        assertThat(Money.sum(sums.values())).isEqualTo(Money.ZERO);
    }

    private void targets() {
        for (var target : market.targets.values()) {
            assertThat(states(target)).isIn(MATRIX);
            var campaign = market.campaigns.get(target.campaignId());
            assertThat(campaign.status() == CampaignStatus.CANCELLED && target.live()).as("%s", target).isFalse();
            if (target.escrow() != null) {
                boolean held = target.escrow().status() == EscrowStatus.HELD;
                assertThat(market.balance(target.escrow().walletId()))
                        .isEqualTo(held ? target.escrow().amount() : Money.ZERO);
                assertThat(target.approval().by()).isNotEqualTo(campaign.advertiserId());
                assertThat(target.post().contentHash()).isEqualTo(target.approval().contentHash())
                        .isEqualTo(target.contentHash());
                assertThat(target.post().attempts()).hasSizeLessThanOrEqualTo(3);
            }
        }
        for (var campaign : market.campaigns.values()) {
            assertThat(market.committed(campaign.id())).isLessThanOrEqualTo(campaign.totalBudget());
        }
        var messages = market.targets.values().stream().filter(t -> t.post() != null && t.post().message() != null)
                .map(t -> t.post().message().chatId() + "/" + t.post().message().messageId()).toList();
        assertThat(messages).doesNotHaveDuplicates();
    }

    private static String states(TargetState target) {
        return target.status().word() + " " + (target.escrow() == null ? "none" : target.escrow().status().word()) + " "
                + (target.post() == null ? "none" : target.post().status().word());
    }

    /** Whoever reads the events knows what the market knew. */
    void replayed() {
        var replayed = new MemoryMarket(MarketPolicy.DEFAULT, market.now());
        market.log().forEach(recorded -> replayed.apply(recorded.event()));
        assertThat(replayed.campaigns).isEqualTo(market.campaigns);
        assertThat(replayed.targets).isEqualTo(market.targets);
        assertThat(replayed.channels).isEqualTo(market.channels);
        assertThat(replayed.corrections).isEqualTo(market.corrections);
        assertThat(replayed.wallets).isEqualTo(market.wallets);
    }
}
