package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.Action.ACTIVATE_CAMPAIGN;
import static io.campaignlauncher.market.model.Action.APPROVE_TARGET;
import static io.campaignlauncher.market.model.Action.CANCEL_CAMPAIGN;
import static io.campaignlauncher.market.model.Action.COMPLETE_CAMPAIGN;
import static io.campaignlauncher.market.model.Action.DECIDE_UNKNOWN_POST;
import static io.campaignlauncher.market.model.Action.EXPIRE_POSTING;
import static io.campaignlauncher.market.model.Action.EXPIRE_REVIEW;
import static io.campaignlauncher.market.model.Action.PAUSE_CAMPAIGN;
import static io.campaignlauncher.market.model.Action.REJECT_TARGET;
import static io.campaignlauncher.market.model.Action.RELEASE_ESCROW;
import static io.campaignlauncher.market.model.Action.REPORT_POST;
import static io.campaignlauncher.market.model.Action.RESUME_CAMPAIGN;
import static io.campaignlauncher.market.model.Action.START_POSTING;
import static io.campaignlauncher.market.model.Action.SUBMIT_TARGET;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One change of a state: what is done, from where, to where. {@link #ALL} is the only list of them; the rules of campaigns ask it,
 * the tables refuse every other change, and the page of the marketplace shows it.
 */
public record Arrow(Action action, Status from, Status to) {

    public static final List<Arrow> ALL = Stream.of(
            of(CampaignStatus.ACTIVE, ACTIVATE_CAMPAIGN, CampaignStatus.DRAFT),
            of(CampaignStatus.PAUSED, PAUSE_CAMPAIGN, CampaignStatus.ACTIVE),
            of(CampaignStatus.ACTIVE, RESUME_CAMPAIGN, CampaignStatus.PAUSED),
            of(CampaignStatus.CANCELLED, CANCEL_CAMPAIGN, CampaignStatus.DRAFT, CampaignStatus.ACTIVE,
                    CampaignStatus.PAUSED),
            of(CampaignStatus.COMPLETED, COMPLETE_CAMPAIGN, CampaignStatus.ACTIVE, CampaignStatus.PAUSED),
            of(TargetStatus.SUBMITTED, SUBMIT_TARGET, TargetStatus.DRAFT, TargetStatus.REJECTED),
            of(TargetStatus.APPROVED, APPROVE_TARGET, TargetStatus.SUBMITTED),
            of(TargetStatus.REJECTED, REJECT_TARGET, TargetStatus.SUBMITTED),
            of(TargetStatus.REJECTED, EXPIRE_REVIEW, TargetStatus.SUBMITTED),
            of(TargetStatus.REJECTED, CANCEL_CAMPAIGN, TargetStatus.SUBMITTED),
            of(TargetStatus.POSTED, REPORT_POST, TargetStatus.APPROVED),
            of(TargetStatus.POSTED, DECIDE_UNKNOWN_POST, TargetStatus.APPROVED),
            of(TargetStatus.REFUNDED, REPORT_POST, TargetStatus.APPROVED),
            of(TargetStatus.REFUNDED, DECIDE_UNKNOWN_POST, TargetStatus.APPROVED),
            of(TargetStatus.REFUNDED, EXPIRE_POSTING, TargetStatus.APPROVED),
            of(TargetStatus.REFUNDED, CANCEL_CAMPAIGN, TargetStatus.APPROVED),
            of(EscrowStatus.RELEASED, RELEASE_ESCROW, EscrowStatus.HELD),
            of(EscrowStatus.RELEASED, REPORT_POST, EscrowStatus.HELD),
            of(EscrowStatus.REFUNDED, REPORT_POST, EscrowStatus.HELD),
            of(EscrowStatus.REFUNDED, DECIDE_UNKNOWN_POST, EscrowStatus.HELD),
            of(EscrowStatus.REFUNDED, EXPIRE_POSTING, EscrowStatus.HELD),
            of(EscrowStatus.REFUNDED, CANCEL_CAMPAIGN, EscrowStatus.HELD),
            of(PostStatus.POSTING, START_POSTING, PostStatus.QUEUED),
            of(PostStatus.POSTING, REPORT_POST, PostStatus.QUEUED),
            of(PostStatus.POSTED, REPORT_POST, PostStatus.POSTING),
            of(PostStatus.POSTED, DECIDE_UNKNOWN_POST, PostStatus.POSTING),
            of(PostStatus.FAILED, REPORT_POST, PostStatus.QUEUED, PostStatus.POSTING),
            of(PostStatus.FAILED, DECIDE_UNKNOWN_POST, PostStatus.POSTING),
            of(PostStatus.FAILED, EXPIRE_POSTING, PostStatus.QUEUED, PostStatus.POSTING),
            of(PostStatus.FAILED, CANCEL_CAMPAIGN, PostStatus.QUEUED, PostStatus.POSTING)).flatMap(Collection::stream)
            .toList();

    private static List<Arrow> of(Status to, Action action, Status... from) {
        return Stream.of(from).map(each -> new Arrow(action, each, to)).toList();
    }

    /** Where an action leads from a state; nowhere where it may not be done there. */
    static Optional<Status> to(Action action, Status from) {
        return ALL.stream().filter(arrow -> arrow.action == action && arrow.from.equals(from)).map(Arrow::to)
                .findFirst();
    }

    /** Whether an action leads to this state from anywhere. */
    static boolean leadsTo(Action action, Status to) {
        return ALL.stream().anyMatch(arrow -> arrow.action == action && arrow.to.equals(to));
    }
}
