package io.campaignlauncher.market.model;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has happened to a target, to the money held for it, and to its post. */
public sealed interface TargetEvent extends MarketEvent {

    UUID targetId();

    UUID campaignId();

    @Override
    default Stream stream() {
        return new Stream(Stream.Kind.TARGET, targetId());
    }

    /**
     * The first event of a target; its version is 1.
     *
     * @param amount      what it costs, whatever the price becomes later
     * @param publisherId who is paid; null on Facebook
     * @param contentHash of what is to be published, and where
     */
    record TargetDrafted(UUID targetId, UUID campaignId, Cause by, Place place, Money amount,
            @Nullable String publisherId, String contentHash) implements TargetEvent {}

    /**
     * What is to be published, or where, has changed. A submitted target is back in the queue.
     *
     * @param reviewDeadline until when it is to be judged; null where it is not submitted
     */
    record TargetEdited(UUID targetId, UUID campaignId, Cause by, int version, Place place, Money amount,
            @Nullable String publisherId, String contentHash,
            @Nullable Instant reviewDeadline) implements TargetEvent {

        public TargetEdited {
            reviewDeadline = reviewDeadline == null ? null : Times.millis(reviewDeadline);
        }
    }

    /** It waits for a moderator. @param version a new one after a rejection */
    record TargetSubmitted(UUID targetId, UUID campaignId, Cause by, int version, String contentHash,
            Instant reviewDeadline) implements TargetEvent {

        public TargetSubmitted {
            reviewDeadline = Times.millis(reviewDeadline);
        }
    }

    /** A moderator let this version pass. The money is held, and the post is queued, with it. */
    record TargetApproved(UUID targetId, UUID campaignId, Cause by, int version,
            String contentHash) implements TargetEvent {}

    /** It may not be published as it is. @param reason for its advertiser */
    record TargetRejected(UUID targetId, UUID campaignId, Cause by, int version,
            String reason) implements TargetEvent {}

    /** The money is in the wallet of the escrow. @param commission what the marketplace keeps of it at the release */
    record EscrowHeld(UUID targetId, UUID campaignId, Cause by, UUID escrowId, UUID walletId, Money amount,
            Money commission) implements TargetEvent {}

    /** The end of the money: with the publisher, less the commission. */
    record EscrowReleased(UUID targetId, UUID campaignId, Cause by, UUID escrowId) implements TargetEvent {}

    /** The end of the money, and of the target: all of it is back with the advertiser. */
    record EscrowRefunded(UUID targetId, UUID campaignId, Cause by, UUID escrowId,
            String reason) implements TargetEvent {}

    /** There is a post job. @param deadline what has not gone out then, and cannot any more, is refunded */
    record PostQueued(UUID targetId, UUID campaignId, Cause by, UUID postJobId, String contentHash,
            Instant deadline) implements TargetEvent {

        public PostQueued {
            deadline = Times.millis(deadline);
        }
    }

    /**
     * A worker may post, once: all that it needs for it is here.
     *
     * @param attempt      counts the starts from 1
     * @param chatId       Telegram's number of the channel; null on Facebook
     * @param deadline     after it nothing may be begun
     * @param advertiserId whose launch it is; null on Telegram
     */
    record PostingStarted(UUID targetId, UUID campaignId, Cause by, UUID postJobId, int attempt, Place place,
            @Nullable Long chatId, Instant deadline, @Nullable String advertiserId) implements TargetEvent {

        public PostingStarted {
            deadline = Times.millis(deadline);
        }

        static PostingStarted of(Case c, TargetState target, PostState post, Cause by, int attempt) {
            var channel = c.channel();
            return new PostingStarted(target.id(), target.campaignId(), by, post.id(), attempt, target.place(),
                    channel == null ? null : channel.chatId(), post.deadline(), target.place().isLaunch()
                            ? Objects.requireNonNull(c.campaign()).advertiserId() : null);
        }
    }

    /** Nobody knows whether this attempt has posted. */
    record PostOutcomeUnknown(UUID targetId, UUID campaignId, Cause by, UUID postJobId, int attempt,
            String detail) implements TargetEvent {}

    /** This attempt has certainly not posted, or what it posted is gone. */
    record PostNotMade(UUID targetId, UUID campaignId, Cause by, UUID postJobId, int attempt,
            String detail) implements TargetEvent {}

    /** The post was read back. */
    record PostPublished(UUID targetId, UUID campaignId, Cause by, UUID postJobId, int attempt,
            Message message) implements TargetEvent {}

    /** The last look has found the post once, and no attempt can post any more. */
    record LastLookPassed(UUID targetId, UUID campaignId, Cause by, UUID postJobId,
            Instant lookedAt) implements TargetEvent {

        public LastLookPassed {
            lookedAt = Times.millis(lookedAt);
        }
    }

    /** The last look has not found the post, or nobody can look any more: a person decides. */
    record PostMissing(UUID targetId, UUID campaignId, Cause by, UUID postJobId,
            Instant lookedAt) implements TargetEvent {

        public PostMissing {
            lookedAt = Times.millis(lookedAt);
        }
    }

    /** The end of the post: there is none, and there will be none. */
    record PostFailed(UUID targetId, UUID campaignId, Cause by, UUID postJobId, String reason) implements TargetEvent {}

    /** A post exists that no money stands for: a second one, or one that came after the end. A worker removes it. */
    record SurplusPostFound(UUID targetId, UUID campaignId, Cause by, UUID postJobId,
            Message message) implements TargetEvent {}

    /**
     * The post shall not be, its money came back; whoever posts cannot tell whether one is there, or cannot remove it: a person looks.
     *
     * @param reason why, for people
     */
    record SurplusPostSuspected(UUID targetId, UUID campaignId, Cause by, UUID postJobId,
            String reason) implements TargetEvent {}

    /**
     * A person has said what became of a post whose outcome was unknown. What follows is told by events of its own.
     *
     * @param message where it is; null where there is none, or where it is known
     * @param launch  it was one on Facebook
     */
    record UnknownPostDecided(UUID targetId, UUID campaignId, Cause by, UUID postJobId, boolean posted,
            @Nullable Message message, String reason, boolean launch) implements TargetEvent {}
}
