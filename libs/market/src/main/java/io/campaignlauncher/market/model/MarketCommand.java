package io.campaignlauncher.market.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of the marketplace, or told to it. Any of it may be delivered twice. Ids and times come with it; amounts come as
 * they were written, so that what is wrong with them is decided here.
 */
public sealed interface MarketCommand {

    /** About a campaign. */
    sealed interface OfCampaign extends MarketCommand {

        UUID campaignId();
    }

    /** About a target. */
    sealed interface OfTarget extends MarketCommand {

        UUID targetId();
    }

    /** About a target, by way of its campaign: one of another campaign is none. */
    sealed interface OfTargetInCampaign extends OfTarget {

        UUID campaignId();
    }

    /** What a worker tells. A fact: never refused. One that comes too late, or again, changes nothing. */
    sealed interface Report extends OfTarget {}

    /** Sets a campaign up. Whoever asks owns it. */
    record DraftCampaign(UUID campaignId, String name, String totalBudget) implements OfCampaign {}

    record ActivateCampaign(UUID campaignId) implements OfCampaign {}

    record PauseCampaign(UUID campaignId) implements OfCampaign {}

    record ResumeCampaign(UUID campaignId) implements OfCampaign {}

    /** Ends it at once: what is under review is rejected, what has not gone out is refunded. */
    record CancelCampaign(UUID campaignId) implements OfCampaign {}

    /** Ends it where nothing of it is under way. */
    record CompleteCampaign(UUID campaignId) implements OfCampaign {}

    /** Adds a target to a campaign. */
    record DraftTarget(UUID campaignId, UUID targetId, Place place) implements OfTargetInCampaign {}

    /** Replaces what a target publishes, and where. */
    record EditTarget(UUID campaignId, UUID targetId, Place place) implements OfTargetInCampaign {}

    /** Hands a target to the moderators. */
    record SubmitTarget(UUID campaignId, UUID targetId) implements OfTargetInCampaign {}

    /** Lets a target pass: its money is held and its post queued. @param version what the moderator saw */
    record ApproveTarget(UUID targetId, int version) implements OfTarget {}

    /** Sends a target back. @param version what the moderator saw @param reason for the advertiser */
    record RejectTarget(UUID targetId, int version, String reason) implements OfTarget {}

    /** A timer: the time for the review may be over. */
    record ExpireReview(UUID targetId) implements OfTarget {}

    /** May a worker post now? @param attempt one more than there were */
    record StartPosting(UUID targetId, int attempt) implements OfTarget {}

    /** The post was read back. @param attempt which start made it */
    record ReportPosted(UUID targetId, int attempt, Message message) implements Report {}

    /** Nobody knows whether the attempt has posted. @param detail what was seen, for people */
    record ReportUnknown(UUID targetId, int attempt, String detail) implements Report {}

    /** Only a person can tell what became of the post, whether or not it was known before. @param detail what is asked */
    record ReportAsked(UUID targetId, int attempt, String detail) implements Report {}

    /** The attempt has certainly not posted; another one may. @param detail why, for people */
    record ReportNotMade(UUID targetId, int attempt, String detail) implements Report {}

    /** The attempt has certainly not posted, and no other one would. @param attempt 0: it was refused before any */
    record ReportFailed(UUID targetId, int attempt, String reason) implements Report {}

    /** Whatever was posted is gone, and no attempt can post any more; both were read. */
    record ReportRolledBack(UUID targetId, String reason) implements Report {}

    /** A look later than any attempt could still post. @param found the post, once; false: it is not there */
    record ReportLastLook(UUID targetId, Instant lookedAt, boolean found) implements Report {

        public ReportLastLook {
            lookedAt = Times.millis(lookedAt);
        }
    }

    /**
     * A person says what became of a post that nobody knows of.
     *
     * @param posted  whether it exists
     * @param message where; null where it does not exist, or is known already
     */
    record DecideUnknownPost(UUID targetId, boolean posted, @Nullable Message message,
            String reason) implements OfTarget {}

    /** Pays the publisher, once the last look is passed. */
    record ReleaseEscrow(UUID targetId) implements OfTarget {}

    /** A timer: the time for the post may be over. */
    record ExpirePosting(UUID targetId) implements OfTarget {}

    /** Puts money into a user's wallet. @param externalId of the payment outside, which counts once */
    record Deposit(String userId, String amount, String externalId) implements MarketCommand {}

    /** Proposes to move money by hand. It moves when a second person approves. */
    record ProposeCorrection(UUID correctionId, UUID fromWalletId, UUID toWalletId, String amount,
            String reason) implements MarketCommand {}

    record ApproveCorrection(UUID correctionId) implements MarketCommand {}

    /**
     * Offers a channel to advertisers. Whoever asks owns it, and is paid.
     *
     * @param chat    as the publisher names it
     * @param chatId  as Telegram answered
     * @param title   as Telegram answered
     * @param lacking what the bot may not do there although it needs to
     */
    record OfferChannel(String chat, String price, long chatId, String title,
            List<String> lacking) implements MarketCommand {

        public OfferChannel {
            title = Words.storable(title);
            lacking = lacking.stream().map(Words::storable).toList();
        }
    }

    /** The channel was looked at anew, as before each post. */
    record RefreshChannel(UUID channelId, String title, List<String> lacking) implements MarketCommand {

        public RefreshChannel {
            title = Words.storable(title);
            lacking = lacking.stream().map(Words::storable).toList();
        }
    }
}
