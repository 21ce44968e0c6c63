package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.CampaignEvent;
import io.campaignlauncher.market.model.ChannelEvent;
import io.campaignlauncher.market.model.CorrectionEvent;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.TargetEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the audit says of an event: one line for each. No text of a post is in it, only its hash.
 *
 * @param action   what was done
 * @param metadata names and values; those that say nothing are absent
 */
public record AuditLine(String action, Map<String, Object> metadata) {

    public static AuditLine of(MarketEvent event) {
        var line = switch (event) {
            case CampaignEvent e -> of(e);
            case TargetEvent e -> of(e);
            case ChannelEvent e -> of(e);
            case CorrectionEvent e -> of(e);
            case LedgerEvent e -> of(e);
        };
        return line.with("role", event.by().role().word()).with("correlationId", event.by().correlationId());
    }

    /** The states before and after, where they differ. */
    AuditLine between(@Nullable String before, @Nullable String after) {
        return before != null && before.equals(after) ? this : with("oldState", before).with("newState", after);
    }

    AuditLine with(String name, @Nullable Object value) {
        if (value != null) {
            metadata.put(name, value instanceof Number || value instanceof Boolean ? value : value.toString());
        }
        return this;
    }

    private static AuditLine line(String action) {
        return new AuditLine(action, new LinkedHashMap<>());
    }

    private static AuditLine of(CampaignEvent event) {
        var line = switch (event) {
            case CampaignEvent.CampaignDrafted e -> line("campaign_drafted").with("totalBudget", e.totalBudget());
            case CampaignEvent.CampaignActivated _ -> line("campaign_activated");
            case CampaignEvent.CampaignPaused _ -> line("campaign_paused");
            case CampaignEvent.CampaignResumed _ -> line("campaign_resumed");
            case CampaignEvent.CampaignCancelled _ -> line("campaign_cancelled");
            case CampaignEvent.CampaignCompleted _ -> line("campaign_completed");
        };
        return line.with("campaignId", event.campaignId());
    }

    private static AuditLine of(TargetEvent event) {
        var line = switch (event) {
            case TargetEvent.TargetDrafted e -> line("target_drafted").with("version", 1)
                    .with("contentHash", e.contentHash()).with("amount", e.amount());
            case TargetEvent.TargetEdited e -> line("target_edited").with("version", e.version())
                    .with("contentHash", e.contentHash()).with("amount", e.amount());
            case TargetEvent.TargetSubmitted e -> line("target_submitted").with("version", e.version())
                    .with("contentHash", e.contentHash());
            case TargetEvent.TargetApproved e -> line("moderation_approved").with("version", e.version())
                    .with("contentHash", e.contentHash());
            case TargetEvent.TargetRejected e -> line("moderation_rejected").with("version", e.version())
                    .with("reason", e.reason());
            case TargetEvent.EscrowHeld e -> line("escrow_held").with("escrowId", e.escrowId())
                    .with("amount", e.amount()).with("commission", e.commission());
            case TargetEvent.EscrowReleased e -> line("escrow_released").with("escrowId", e.escrowId());
            case TargetEvent.EscrowRefunded e -> line("escrow_refunded").with("escrowId", e.escrowId())
                    .with("reason", e.reason());
            case TargetEvent.PostQueued e -> line("post_queued").with("postJobId", e.postJobId())
                    .with("contentHash", e.contentHash());
            case TargetEvent.PostingStarted e -> line("post_started").with("postJobId", e.postJobId())
                    .with("attempt", e.attempt());
            case TargetEvent.PostOutcomeUnknown e -> line("post_outcome_unknown").with("postJobId", e.postJobId())
                    .with("attempt", e.attempt()).with("reason", e.detail());
            case TargetEvent.PostNotMade e -> line("post_not_made").with("postJobId", e.postJobId())
                    .with("attempt", e.attempt()).with("reason", e.detail());
            case TargetEvent.PostPublished e -> line("post_published").with("postJobId", e.postJobId())
                    .with("attempt", e.attempt()).with(e.message());
            case TargetEvent.LastLookPassed e -> line("post_last_look_passed").with("postJobId", e.postJobId());
            case TargetEvent.PostMissing e -> line("post_missing").with("postJobId", e.postJobId());
            case TargetEvent.PostFailed e -> line("post_failed").with("postJobId", e.postJobId())
                    .with("reason", e.reason());
            case TargetEvent.SurplusPostFound e -> line("surplus_post_found").with("postJobId", e.postJobId())
                    .with(e.message());
            case TargetEvent.SurplusPostSuspected e -> line("surplus_post_suspected").with("postJobId", e.postJobId())
                    .with("reason", e.reason());
            case TargetEvent.UnknownPostDecided e -> line("unknown_post_decided").with("postJobId", e.postJobId())
                    .with("posted", e.posted()).with("reason", e.reason());
        };
        return line.with("campaignId", event.campaignId()).with("targetId", event.targetId());
    }

    private AuditLine with(Message message) {
        return with("chatId", message.chatId()).with("messageId", message.messageId());
    }

    private static AuditLine of(ChannelEvent event) {
        var line = switch (event) {
            case ChannelEvent.ChannelOffered e -> line("channel_offered").with("chatId", e.chatId())
                    .with("price", e.price());
            case ChannelEvent.ChannelPriced e -> line("channel_priced").with("price", e.price());
            case ChannelEvent.ChannelRefreshed e -> line("channel_refreshed")
                    .with("lacking", e.lacking().isEmpty() ? null : String.join(", ", e.lacking()));
        };
        return line.with("channelId", event.channelId());
    }

    private static AuditLine of(CorrectionEvent event) {
        var line = switch (event) {
            case CorrectionEvent.CorrectionProposed e -> line("correction_proposed")
                    .with("fromWalletId", e.fromWalletId()).with("toWalletId", e.toWalletId())
                    .with("amount", e.amount()).with("reason", e.reason());
            case CorrectionEvent.CorrectionApproved _ -> line("correction_approved");
        };
        return line.with("correctionId", event.correctionId());
    }

    private static AuditLine of(LedgerEvent event) {
        return switch (event) {
            case LedgerEvent.WalletOpened e -> line("wallet_opened").with("walletId", e.walletId())
                    .with("kind", e.kind().word()).with("ownerId", e.userId());
            case LedgerEvent.MoneyMoved e -> line("money_moved").with("transactionId", e.transactionId())
                    .with("key", e.key()).with("kind", e.kind().word()).with("campaignId", e.campaignId())
                    .with("targetId", e.targetId());
        };
    }
}
