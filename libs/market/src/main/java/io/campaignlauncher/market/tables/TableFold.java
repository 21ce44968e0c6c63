package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.CampaignEvent;
import io.campaignlauncher.market.model.CampaignState;
import io.campaignlauncher.market.model.Case;
import io.campaignlauncher.market.model.CampaignStatus;
import io.campaignlauncher.market.model.ChannelEvent;
import io.campaignlauncher.market.model.ChannelState;
import io.campaignlauncher.market.model.CorrectionEvent;
import io.campaignlauncher.market.model.CorrectionState;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.Locks.Lock;
import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.model.Status;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.market.model.WalletState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pass of events over the rows that they are about. */
final class TableFold {

    private final CampaignRows campaignRows;
    private final ChannelRows channelRows;
    private final CorrectionRows correctionRows;
    private final WalletRows walletRows;
    private final LedgerRows ledger;
    private final AuditRows audit;
    private final TargetFold targets;
    private final Pending<UUID, CampaignState> campaigns = new Pending<>();
    private final Pending<UUID, ChannelState> channels = new Pending<>();
    private final Pending<UUID, CorrectionState> corrections = new Pending<>();
    private final Pending<UUID, WalletState> wallets = new Pending<>();

    TableFold(Sql sql) {
        campaignRows = new CampaignRows(sql);
        channelRows = new ChannelRows(sql);
        correctionRows = new CorrectionRows(sql);
        walletRows = new WalletRows(sql);
        ledger = new LedgerRows(sql);
        audit = new AuditRows(sql);
        targets = new TargetFold(sql);
    }

    /** Reads the rows that the events are about. */
    void load(List<RecordedEvent> events) {
        campaigns.know(
                campaignRows.load(ids(events, e -> e instanceof CampaignEvent c ? c.campaignId() : null), Lock.NONE));
        channels.know(
                channelRows.load(ids(events, e -> e instanceof ChannelEvent c ? c.channelId() : null), Lock.NONE));
        corrections
                .know(correctionRows.load(ids(events, e -> e instanceof CorrectionEvent c ? c.correctionId() : null),
                        Lock.NONE));
        targets.load(ids(events, e -> e instanceof TargetEvent t ? t.targetId() : null));
        wallets.know(walletRows.load(events.stream().flatMap(TableFold::walletsOf).distinct().toList(), Lock.NONE));
    }

    /** The rows that were locked and read for the decision: all that its events are about. */
    void know(Case found) {
        Stream.ofNullable(found.campaign()).forEach(campaign -> campaigns.know(campaign.id(), campaign));
        Stream.ofNullable(found.channel()).forEach(channel -> channels.know(channel.id(), channel));
        Stream.ofNullable(found.correction()).forEach(correction -> corrections.know(correction.id(), correction));
        Stream.concat(Stream.ofNullable(found.target()), found.live().stream()).forEach(targets::know);
        wallets.know(found.wallets());
    }

    private interface IdOf {
        @Nullable
        UUID of(Object event);
    }

    private static List<UUID> ids(List<RecordedEvent> events, IdOf id) {
        return events.stream().flatMap(recorded -> Stream.ofNullable(id.of(recorded.event()))).distinct().toList();
    }

    private static Stream<UUID> walletsOf(RecordedEvent recorded) {
        return recorded.event() instanceof LedgerEvent.MoneyMoved moved
                ? moved.legs().stream().map(LedgerEvent.Leg::walletId)
                : Stream.of();
    }

    void apply(RecordedEvent recorded) {
        var line = AuditLine.of(recorded.event());
        switch (recorded.event()) {
            case CampaignEvent e -> apply(recorded, e, line);
            case TargetEvent e -> targets.apply(recorded, e, line, this::write);
            case ChannelEvent.ChannelOffered e -> channels.add(e.channelId(), Market.evolve(null, e), recorded.at());
            case ChannelEvent e -> channels.put(e.channelId(), Market.evolve(channels.get(e.channelId()), e),
                    recorded.at());
            case CorrectionEvent.CorrectionProposed e ->
                corrections.add(e.correctionId(), Market.evolve(null, e), recorded.at());
            case CorrectionEvent e -> corrections.put(e.correctionId(),
                    Market.evolve(corrections.get(e.correctionId()), e), recorded.at());
            case LedgerEvent.WalletOpened e -> wallets.add(e.walletId(), Market.opened(e), recorded.at());
            case LedgerEvent.MoneyMoved e -> move(recorded, e);
        }
        audit.add(recorded, line);
    }

    private void apply(RecordedEvent recorded, CampaignEvent event, AuditLine line) {
        if (event instanceof CampaignEvent.CampaignDrafted first) {
            campaigns.add(first.campaignId(), Market.evolve(null, event), recorded.at());
            line.between(null, CampaignStatus.DRAFT.word());
            return;
        }
        var before = campaigns.get(event.campaignId());
        var next = Market.evolve(before, event);
        if (campaigns.hides(event.campaignId(), next, CampaignState::status)) {
            write();
        }
        campaigns.put(event.campaignId(), next, recorded.at());
        line.between(before == null ? null : before.status().word(), next.status().word());
    }

    static @Nullable String word(@Nullable Status status) {
        return status == null ? null : status.word();
    }

    private void move(RecordedEvent recorded, LedgerEvent.MoneyMoved event) {
        var balances = new ArrayList<Money>();
        for (var leg : event.legs()) {
            var next = Objects.requireNonNull(wallets.get(leg.walletId()),
                    () -> "money moves through a wallet that was not opened: " + leg.walletId()).plus(leg.amount());
            wallets.put(leg.walletId(), next, recorded.at());
            balances.add(next.balance());
        }
        ledger.add(recorded, event, balances);
    }

    /** In the order of the tables' references. */
    void write() {
        walletRows.write(wallets);
        wallets.written();
        campaignRows.write(campaigns);
        campaigns.written();
        channelRows.write(channels);
        channels.written();
        targets.write();
        correctionRows.write(corrections);
        corrections.written();
        ledger.write();
        audit.write();
    }
}
