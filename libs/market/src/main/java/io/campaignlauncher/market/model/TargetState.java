package io.campaignlauncher.market.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A target with the money held for it and its post: they are one to one and change together.
 *
 * @param publisherId     who is paid; null on Facebook
 * @param amount          what it costs
 * @param version         of the content; every change makes a new one
 * @param contentHash     of that version
 * @param rejectedVersion the last one that was rejected; 0: none
 * @param rejection       why; null: none was
 * @param reviewDeadline  of the last submission; null: there was none
 * @param approval        null until it is approved
 * @param escrow          null until it is approved
 * @param post            null until it is approved
 */
public record TargetState(UUID id, UUID campaignId, String tenant, Place place, @Nullable String publisherId,
        Money amount, TargetStatus status, int version, String contentHash, int rejectedVersion,
        @Nullable String rejection, @Nullable Instant reviewDeadline, @Nullable Approval approval,
        @Nullable EscrowState escrow, @Nullable PostState post) {

    /** Who let which version pass. */
    public record Approval(String by, int version, String contentHash) {}

    /** Whether something may still come of it: it is under review, or its post waits or goes out. */
    boolean live() {
        return switch (status) {
            case SUBMITTED, APPROVED -> true;
            case DRAFT, REJECTED, POSTED, REFUNDED -> false;
        };
    }

    TargetState in(TargetStatus next) {
        return new TargetState(id, campaignId, tenant, place, publisherId, amount, next, version, contentHash,
                rejectedVersion, rejection, reviewDeadline, approval, escrow, post);
    }

    TargetState withContent(int nextVersion, Place nextPlace, Money nextAmount, @Nullable String nextPublisherId,
            String nextHash, @Nullable Instant nextDeadline) {
        return new TargetState(id, campaignId, tenant, nextPlace, nextPublisherId, nextAmount, status, nextVersion,
                nextHash, rejectedVersion, rejection, nextDeadline, approval, escrow, post);
    }

    TargetState submitted(int nextVersion, Instant deadline) {
        return new TargetState(id, campaignId, tenant, place, publisherId, amount, TargetStatus.SUBMITTED, nextVersion,
                contentHash, rejectedVersion, rejection, deadline, approval, escrow, post);
    }

    TargetState approved(Approval given) {
        return new TargetState(id, campaignId, tenant, place, publisherId, amount, TargetStatus.APPROVED, version,
                contentHash, rejectedVersion, rejection, reviewDeadline, given, escrow, post);
    }

    TargetState rejected(int rejected, String reason) {
        return new TargetState(id, campaignId, tenant, place, publisherId, amount, TargetStatus.REJECTED, version,
                contentHash, rejected, reason, reviewDeadline, approval, escrow, post);
    }

    TargetState with(EscrowState next) {
        return new TargetState(id, campaignId, tenant, place, publisherId, amount, status, version, contentHash,
                rejectedVersion, rejection, reviewDeadline, approval, next, post);
    }

    TargetState with(PostState next) {
        return new TargetState(id, campaignId, tenant, place, publisherId, amount, status, version, contentHash,
                rejectedVersion, rejection, reviewDeadline, approval, escrow, next);
    }
}
