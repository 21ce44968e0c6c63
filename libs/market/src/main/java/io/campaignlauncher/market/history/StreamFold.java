package io.campaignlauncher.market.history;

import io.campaignlauncher.market.model.CampaignEvent;
import io.campaignlauncher.market.model.CampaignState;
import io.campaignlauncher.market.model.ChannelEvent;
import io.campaignlauncher.market.model.ChannelState;
import io.campaignlauncher.market.model.CorrectionEvent;
import io.campaignlauncher.market.model.CorrectionState;
import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.LedgerEvent.WalletOpened;
import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.Stream;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.WalletState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A campaign with its targets, a target, a channel, a correction or a wallet, as its events make it. */
public final class StreamFold {

    private final UUID id;
    private final Map<UUID, Long> sequences = new HashMap<>();
    private final Map<UUID, TargetState> targets = new LinkedHashMap<>();
    private @Nullable CampaignState campaign;
    private @Nullable ChannelState channel;
    private @Nullable CorrectionState correction;
    private @Nullable WalletState wallet;

    /** @param id of the stream; of a campaign: with its targets */
    public StreamFold(UUID id) {
        this.id = id;
    }

    /** How something stands. @param targets of a campaign, in the order in which they were drafted */
    public record Standing(Stream.Kind kind, Record state, List<TargetState> targets) {}

    /**
     * Takes the next event.
     *
     * @param sequence its place in its stream
     * @return false: it is about something else, and changes nothing
     * @throws IllegalStateException where an event of the stream before it is missing
     */
    public boolean apply(long sequence, MarketEvent event) {
        if (!isAbout(event)) {
            return false;
        }
        follows(event.stream(), sequence);
        evolve(event);
        return true;
    }

    private boolean isAbout(MarketEvent event) {
        return switch (event) {
            case MoneyMoved e -> e.legs().stream().anyMatch(leg -> leg.walletId().equals(id));
            case TargetEvent e -> e.targetId().equals(id) || e.campaignId().equals(id);
            case CampaignEvent _,ChannelEvent _,CorrectionEvent _,WalletOpened _ -> event.stream().id().equals(id);
        };
    }

    private void follows(Stream stream, long sequence) {
        if (stream.kind() == Stream.Kind.LEDGER) {
            // A stream of one event, of which nothing need be remembered.
            return;
        }
        long expected = sequences.getOrDefault(stream.id(), 0L);
        if (sequence != expected) {
            throw new IllegalStateException("event " + expected + " of " + stream.kind().word() + " " + stream.id()
                    + " is missing; event " + sequence + " is there");
        }
        sequences.put(stream.id(), sequence + 1);
    }

    private void evolve(MarketEvent event) {
        switch (event) {
            case CampaignEvent e -> campaign = Market.evolve(campaign, e);
            case TargetEvent e -> targets.put(e.targetId(), Market.evolve(targets.get(e.targetId()), e));
            case ChannelEvent e -> channel = Market.evolve(channel, e);
            case CorrectionEvent e -> correction = Market.evolve(correction, e);
            case WalletOpened e -> wallet = Market.opened(e);
            case MoneyMoved e -> move(e);
        }
    }

    private void move(MoneyMoved moved) {
        for (var leg : moved.legs()) {
            if (wallet != null && leg.walletId().equals(id)) {
                wallet = wallet.plus(leg.amount());
            }
        }
    }

    /** Null before its first event. */
    public @Nullable Standing standing() {
        if (campaign != null) {
            return new Standing(Stream.Kind.CAMPAIGN, campaign, List.copyOf(targets.values()));
        }
        if (targets.get(id) instanceof TargetState target) {
            return new Standing(Stream.Kind.TARGET, target, List.of());
        }
        if (channel != null) {
            return new Standing(Stream.Kind.CHANNEL, channel, List.of());
        }
        if (correction != null) {
            return new Standing(Stream.Kind.CORRECTION, correction, List.of());
        }
        return wallet == null ? null : new Standing(Stream.Kind.WALLET, wallet, List.of());
    }
}
