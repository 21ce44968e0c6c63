package io.campaignlauncher.market.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hosts the marketplace in memory, one command after the other. A case holds what {@link Locks} names and nothing else, so that a rule
 * which needs more does not work here either.
 */
public final class MemoryMarket {

    final Map<UUID, CampaignState> campaigns = new HashMap<>();
    final Map<UUID, TargetState> targets = new HashMap<>();
    final Map<UUID, ChannelState> channels = new HashMap<>();
    final Map<UUID, CorrectionState> corrections = new HashMap<>();
    final Map<UUID, WalletState> wallets = new HashMap<>();
    final Map<UUID, LedgerEvent.MoneyMoved> moves = new HashMap<>();
    final Map<MarketSwitch, Boolean> switches = new EnumMap<>(MarketSwitch.class);
    private final Set<UUID> firsts = new HashSet<>();
    private final List<RecordedEvent> log = new ArrayList<>();
    private final MarketPolicy policy;
    private Instant now;

    public MemoryMarket(MarketPolicy policy, Instant now) {
        this.policy = policy;
        this.now = now;
        for (var each : MarketSwitch.values()) {
            switches.put(each, true);
        }
    }

    public Instant now() {
        return now;
    }

    public void later(Duration time) {
        now = now.plus(time);
    }

    public void at(Instant time) {
        now = time;
    }

    public List<RecordedEvent> log() {
        return log;
    }

    public void turn(MarketSwitch name, boolean on) {
        switches.put(name, on);
    }

    public Map<MarketSwitch, Boolean> switches() {
        return switches;
    }

    public Map<UUID, CampaignState> campaigns() {
        return campaigns;
    }

    public Map<UUID, TargetState> targets() {
        return targets;
    }

    public Map<UUID, ChannelState> channels() {
        return channels;
    }

    public Map<UUID, CorrectionState> corrections() {
        return corrections;
    }

    public Map<UUID, WalletState> wallets() {
        return wallets;
    }

    /** The ledger's transactions by their ids. */
    public Map<UUID, LedgerEvent.MoneyMoved> moves() {
        return moves;
    }

    public TargetState target(UUID id) {
        return Objects.requireNonNull(targets.get(id));
    }

    public Money balance(UUID walletId) {
        return wallets.containsKey(walletId) ? wallets.get(walletId).balance() : Money.ZERO;
    }

    /** Of every campaign, target, channel, wallet and correction. */
    public Map<UUID, Object> states() {
        var all = new HashMap<UUID, Object>(campaigns);
        all.putAll(targets);
        all.putAll(channels);
        all.putAll(wallets);
        all.putAll(corrections);
        return all;
    }

    /** Decides, and takes note of what follows. */
    public Decision tell(Actor actor, MarketCommand command) {
        var decision = Market.decide(caseFor(actor.tenant(), command), new IssuedCommand(actor, "c-1", command));
        if (decision instanceof Decision.Accepted(var events)) {
            events.forEach(this::apply);
        }
        return decision;
    }

    public void apply(MarketEvent event) {
        log.add(new RecordedEvent(log.size() + 1L, now, event));
        switch (event) {
            case CampaignEvent e -> campaigns.put(e.campaignId(), Market.evolve(campaigns.get(e.campaignId()), e));
            case TargetEvent e -> targets.put(e.targetId(), Market.evolve(targets.get(e.targetId()), e));
            case ChannelEvent e -> channels.put(e.channelId(), Market.evolve(channels.get(e.channelId()), e));
            case CorrectionEvent e ->
                corrections.put(e.correctionId(), Market.evolve(corrections.get(e.correctionId()), e));
            case LedgerEvent.WalletOpened e -> {
                begin(e);
                wallets.put(e.walletId(), Market.opened(e));
            }
            case LedgerEvent.MoneyMoved e -> {
                begin(e);
                moves.put(e.transactionId(), e);
                e.legs().forEach(leg -> wallets.compute(leg.walletId(),
                        (id, wallet) -> Objects.requireNonNull(wallet, () -> "no wallet " + id).plus(leg.amount())));
            }
        }
    }

    /** As the event store's unique number of a stream's first event. */
    private void begin(LedgerEvent event) {
        if (!firsts.add(event.stream().id())) {
            throw new AssertionError("a second time: " + event);
        }
    }

    Money committed(UUID campaignId) {
        return Money.sum(targets.values().stream()
                .filter(target -> target.campaignId().equals(campaignId) && target.escrow() != null
                        && target.escrow().status() != EscrowStatus.REFUNDED)
                .map(target -> target.escrow().amount()).toList());
    }

    public Case caseFor(String tenant, MarketCommand command) {
        var locks = Locks.of(command);
        var target = command instanceof MarketCommand.OfTarget c && locks.target() != Locks.Lock.NONE
                ? targets.get(c.targetId())
                : null;
        var campaignId = switch (command) {
            case MarketCommand.OfCampaign c -> c.campaignId();
            case MarketCommand.OfTargetInCampaign c -> c.campaignId();
            default -> target == null ? null : target.campaignId();
        };
        var campaign = campaignId == null || locks.campaign() == Locks.Lock.NONE ? null : campaigns.get(campaignId);
        var live = locks.live() && campaign != null ? targets.values().stream()
                .filter(each -> each.campaignId().equals(campaignId) && each.live()).toList() : List.<TargetState>of();
        var correction = switch (command) {
            case MarketCommand.ProposeCorrection c -> corrections.get(c.correctionId());
            case MarketCommand.ApproveCorrection c -> corrections.get(c.correctionId());
            default -> null;
        };
        var locked = Locks.wallets(tenant, command, campaign,
                Stream.concat(live.stream(), Stream.ofNullable(target)).toList(), correction).stream()
                .filter(wallets::containsKey).collect(Collectors.toMap(id -> id, wallets::get));
        return new Case(now, policy, campaign, target,
                locks.channel() == Locks.Lock.NONE ? null : channelOf(command, target), live,
                locks.targets() ? (int) targets.values().stream().filter(t -> t.campaignId().equals(campaignId)).count()
                        : 0,
                locks.committed() && campaignId != null ? committed(campaignId) : Money.ZERO, locked,
                switches.entrySet().stream().filter(each -> locks.switches().contains(each.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                moved(tenant, locks.ledgerKey()),
                correction, messageTaken(command));
    }

    private List<LedgerEvent.Leg> moved(String tenant, String key) {
        var move = key == null ? null : moves.get(MarketIds.transaction(tenant, key));
        return move == null ? null : move.legs();
    }

    private ChannelState channelOf(MarketCommand command, TargetState target) {
        return switch (command) {
            case MarketCommand.DraftTarget c -> channelOf(c.place());
            case MarketCommand.EditTarget c -> channelOf(c.place());
            case MarketCommand.OfferChannel c -> channels.get(MarketIds.channel(c.chatId()));
            case MarketCommand.RefreshChannel c -> channels.get(c.channelId());
            default -> target == null ? null : channelOf(target.place());
        };
    }

    private ChannelState channelOf(Place place) {
        return place instanceof Place.TelegramPost post ? channels.get(post.channelId()) : null;
    }

    private boolean messageTaken(MarketCommand command) {
        var message = switch (command) {
            case MarketCommand.ReportPosted c -> c.message();
            case MarketCommand.DecideUnknownPost c -> c.message();
            default -> null;
        };
        return message != null && targets.values().stream()
                .filter(each -> !each.id().equals(((MarketCommand.OfTarget) command).targetId()))
                .anyMatch(each -> each.post() != null && each.post().message() != null
                        && each.post().message().isSameAs(message));
    }
}
