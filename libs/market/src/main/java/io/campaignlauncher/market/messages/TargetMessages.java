package io.campaignlauncher.market.messages;

import static io.campaignlauncher.market.messages.Values.cause;
import static io.campaignlauncher.market.messages.Values.messageOrNull;
import static io.campaignlauncher.market.messages.Values.money;
import static io.campaignlauncher.market.messages.Values.place;
import static io.campaignlauncher.market.messages.Values.time;
import static io.campaignlauncher.market.messages.Values.uuid;

import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.schemas.EscrowHeld;
import io.campaignlauncher.schemas.EscrowRefunded;
import io.campaignlauncher.schemas.EscrowReleased;
import io.campaignlauncher.schemas.LastLookPassed;
import io.campaignlauncher.schemas.PostFailed;
import io.campaignlauncher.schemas.PostMissing;
import io.campaignlauncher.schemas.PostNotMade;
import io.campaignlauncher.schemas.PostOutcomeUnknown;
import io.campaignlauncher.schemas.PostPublished;
import io.campaignlauncher.schemas.PostQueued;
import io.campaignlauncher.schemas.PostingStarted;
import io.campaignlauncher.schemas.SurplusPostFound;
import io.campaignlauncher.schemas.SurplusPostSuspected;
import io.campaignlauncher.schemas.TargetApproved;
import io.campaignlauncher.schemas.TargetDrafted;
import io.campaignlauncher.schemas.TargetEdited;
import io.campaignlauncher.schemas.TargetRejected;
import io.campaignlauncher.schemas.TargetSubmitted;
import io.campaignlauncher.schemas.UnknownPostDecided;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events of targets, of the money held for them and of their posts. */
final class TargetMessages {

    private TargetMessages() {}

    static SpecificRecord message(TargetEvent event) {
        var id = event.targetId().toString();
        var campaign = event.campaignId().toString();
        var by = cause(event.by());
        return switch (event) {
            case TargetEvent.TargetDrafted e -> new TargetDrafted(id, campaign, by, place(e.place()),
                    e.amount().toString(), e.publisherId(), e.contentHash());
            case TargetEvent.TargetEdited e -> new TargetEdited(id, campaign, by, e.version(), place(e.place()),
                    e.amount().toString(), e.publisherId(), e.contentHash(), e.reviewDeadline());
            case TargetEvent.TargetSubmitted e -> new TargetSubmitted(id, campaign, by, e.version(), e.contentHash(),
                    e.reviewDeadline());
            case TargetEvent.TargetApproved e -> new TargetApproved(id, campaign, by, e.version(), e.contentHash());
            case TargetEvent.TargetRejected e -> new TargetRejected(id, campaign, by, e.version(), e.reason());
            case TargetEvent.EscrowHeld e -> new EscrowHeld(id, campaign, by, e.escrowId().toString(),
                    e.walletId().toString(), e.amount().toString(), e.commission().toString());
            case TargetEvent.EscrowReleased e -> new EscrowReleased(id, campaign, by, e.escrowId().toString());
            case TargetEvent.EscrowRefunded e -> new EscrowRefunded(id, campaign, by, e.escrowId().toString(),
                    e.reason());
            case TargetEvent.PostQueued e -> new PostQueued(id, campaign, by, e.postJobId().toString(), e.contentHash(),
                    e.deadline());
            case TargetEvent.PostingStarted e -> new PostingStarted(id, campaign, by, e.postJobId().toString(),
                    e.attempt(), place(e.place()), e.chatId(), e.deadline(), e.advertiserId());
            case TargetEvent.PostOutcomeUnknown e -> new PostOutcomeUnknown(id, campaign, by, e.postJobId().toString(),
                    e.attempt(), e.detail());
            case TargetEvent.PostNotMade e -> new PostNotMade(id, campaign, by, e.postJobId().toString(), e.attempt(),
                    e.detail());
            case TargetEvent.PostPublished e -> new PostPublished(id, campaign, by, e.postJobId().toString(),
                    e.attempt(), Values.message(e.message()));
            case TargetEvent.LastLookPassed e -> new LastLookPassed(id, campaign, by, e.postJobId().toString(),
                    e.lookedAt());
            case TargetEvent.PostMissing e -> new PostMissing(id, campaign, by, e.postJobId().toString(), e.lookedAt());
            case TargetEvent.PostFailed e -> new PostFailed(id, campaign, by, e.postJobId().toString(), e.reason());
            case TargetEvent.SurplusPostFound e -> new SurplusPostFound(id, campaign, by, e.postJobId().toString(),
                    Values.message(e.message()));
            case TargetEvent.SurplusPostSuspected e -> new SurplusPostSuspected(id, campaign, by,
                    e.postJobId().toString(), e.reason());
            case TargetEvent.UnknownPostDecided e -> new UnknownPostDecided(id, campaign, by, e.postJobId().toString(),
                    e.posted(), messageOrNull(e.message()), e.reason(), e.launch());
        };
    }

    /** Null where it is none of a target. */
    static @Nullable TargetEvent event(SpecificRecord message) {
        return switch (message) {
            case TargetDrafted m -> new TargetEvent.TargetDrafted(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), place(m.getPlace()), money(m.getAmount()), m.getPublisherId(),
                    m.getContentHash());
            case TargetEdited m -> new TargetEvent.TargetEdited(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), m.getVersion(), place(m.getPlace()), money(m.getAmount()), m.getPublisherId(),
                    m.getContentHash(), m.getReviewDeadline());
            case TargetSubmitted m -> new TargetEvent.TargetSubmitted(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), m.getVersion(), m.getContentHash(), time(m.getReviewDeadline()));
            case TargetApproved m -> new TargetEvent.TargetApproved(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), m.getVersion(), m.getContentHash());
            case TargetRejected m -> new TargetEvent.TargetRejected(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), m.getVersion(), m.getReason());
            case EscrowHeld m -> new TargetEvent.EscrowHeld(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getEscrowId()), uuid(m.getWalletId()), money(m.getAmount()),
                    money(m.getCommission()));
            case EscrowReleased m -> new TargetEvent.EscrowReleased(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getEscrowId()));
            case EscrowRefunded m -> new TargetEvent.EscrowRefunded(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getEscrowId()), m.getReason());
            case PostQueued m -> new TargetEvent.PostQueued(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getPostJobId()), m.getContentHash(), time(m.getDeadline()));
            case PostingStarted m -> new TargetEvent.PostingStarted(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getPostJobId()), m.getAttempt(), place(m.getPlace()), m.getChatId(),
                    time(m.getDeadline()), m.getAdvertiserId());
            case PostOutcomeUnknown m -> new TargetEvent.PostOutcomeUnknown(uuid(m.getTargetId()),
                    uuid(m.getCampaignId()), cause(m.getBy()), uuid(m.getPostJobId()), m.getAttempt(), m.getDetail());
            case PostNotMade m -> new TargetEvent.PostNotMade(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getPostJobId()), m.getAttempt(), m.getDetail());
            case PostPublished m -> new TargetEvent.PostPublished(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getPostJobId()), m.getAttempt(), Values.message(m.getMessage()));
            case LastLookPassed m -> new TargetEvent.LastLookPassed(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getPostJobId()), time(m.getLookedAt()));
            case PostMissing m -> new TargetEvent.PostMissing(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getPostJobId()), time(m.getLookedAt()));
            case PostFailed m -> new TargetEvent.PostFailed(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getPostJobId()), m.getReason());
            case SurplusPostFound m -> new TargetEvent.SurplusPostFound(uuid(m.getTargetId()), uuid(m.getCampaignId()),
                    cause(m.getBy()), uuid(m.getPostJobId()), Values.message(m.getMessage()));
            case SurplusPostSuspected m -> new TargetEvent.SurplusPostSuspected(uuid(m.getTargetId()),
                    uuid(m.getCampaignId()), cause(m.getBy()), uuid(m.getPostJobId()), m.getReason());
            case UnknownPostDecided m -> new TargetEvent.UnknownPostDecided(uuid(m.getTargetId()),
                    uuid(m.getCampaignId()), cause(m.getBy()), uuid(m.getPostJobId()), m.getPosted(),
                    messageOrNull(m.getMessage()), m.getReason(), m.getLaunch());
            default -> null;
        };
    }
}
