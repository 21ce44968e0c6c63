package io.campaignlauncher.market.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a decision may know: the rows that its command has locked ({@link Locks}), as they are then. What its command does not need is
 * absent.
 *
 * @param now       by the clock that also dates the events
 * @param campaign  null where there is none
 * @param target    null where there is none
 * @param channel   of the target's place, or the one that the command is about; null where there is none
 * @param live      targets of the campaign that are submitted or approved
 * @param targets   how many targets the campaign has
 * @param committed what is held of the campaign, or was released: read after the wallets were locked
 * @param wallets   those of {@link Locks#wallets} that there are
 * @param switches  whether each kill switch is on; one that could not be read is absent, and counts as off
 * @param moved     the legs of the ledger transaction that has the command's key already; null where there is none
 * @param correction null where there is none
 * @param messageTaken the message that the command tells of is the post of another target
 */
public record Case(Instant now, MarketPolicy policy, @Nullable CampaignState campaign, @Nullable TargetState target,
        @Nullable ChannelState channel, List<TargetState> live, int targets, Money committed,
        Map<UUID, WalletState> wallets, Map<MarketSwitch, Boolean> switches, @Nullable List<LedgerEvent.Leg> moved,
        @Nullable CorrectionState correction, boolean messageTaken) {

    public Case {
        live = List.copyOf(live);
        wallets = Map.copyOf(wallets);
        switches = Map.copyOf(switches);
    }

    boolean isOn(MarketSwitch name) {
        return switches.getOrDefault(name, false);
    }

    Money balance(UUID walletId) {
        var wallet = wallets.get(walletId);
        return wallet == null ? Money.ZERO : wallet.balance();
    }
}
