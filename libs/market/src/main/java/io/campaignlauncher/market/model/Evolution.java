package io.campaignlauncher.market.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each event of a campaign, a channel or a correction does to its state. Decides nothing. */
final class Evolution {

    private Evolution() {}

    static CampaignState evolve(@Nullable CampaignState campaign, CampaignEvent event) {
        return switch (event) {
            case CampaignEvent.CampaignDrafted e -> new CampaignState(e.campaignId(), e.by().tenant(), e.by().userId(),
                    e.name(), e.totalBudget(), CampaignStatus.DRAFT);
            case CampaignEvent.CampaignActivated e -> known(campaign, e).in(CampaignStatus.ACTIVE);
            case CampaignEvent.CampaignPaused e -> known(campaign, e).in(CampaignStatus.PAUSED);
            case CampaignEvent.CampaignResumed e -> known(campaign, e).in(CampaignStatus.ACTIVE);
            case CampaignEvent.CampaignCancelled e -> known(campaign, e).in(CampaignStatus.CANCELLED);
            case CampaignEvent.CampaignCompleted e -> known(campaign, e).in(CampaignStatus.COMPLETED);
        };
    }

    static ChannelState evolve(@Nullable ChannelState channel, ChannelEvent event) {
        return switch (event) {
            case ChannelEvent.ChannelOffered e -> new ChannelState(e.channelId(), e.by().tenant(), e.by().userId(),
                    e.chatId(), e.chat(), e.title(), e.price(), List.of());
            case ChannelEvent.ChannelPriced e -> {
                var is = known(channel, e);
                yield new ChannelState(is.id(), is.tenant(), is.publisherId(), is.chatId(), is.chat(), is.title(),
                        e.price(), is.lacking());
            }
            case ChannelEvent.ChannelRefreshed e -> {
                var is = known(channel, e);
                yield new ChannelState(is.id(), is.tenant(), is.publisherId(), is.chatId(), is.chat(), e.title(),
                        is.price(), e.lacking());
            }
        };
    }

    static CorrectionState evolve(@Nullable CorrectionState correction, CorrectionEvent event) {
        return switch (event) {
            case CorrectionEvent.CorrectionProposed e -> new CorrectionState(e.correctionId(), e.by().tenant(),
                    e.fromWalletId(), e.toWalletId(), e.amount(), e.reason(), e.by().userId(), null);
            case CorrectionEvent.CorrectionApproved e -> {
                var is = known(correction, e);
                yield new CorrectionState(is.id(), is.tenant(), is.fromWalletId(), is.toWalletId(), is.amount(),
                        is.reason(), is.proposedBy(), e.by().userId());
            }
        };
    }

    /** @throws NullPointerException where the first event of the stream is missing: the history is broken */
    static <T> T known(@Nullable T state, MarketEvent event) {
        return Objects.requireNonNull(state, () -> event + " comes before the first event of its stream");
    }
}
