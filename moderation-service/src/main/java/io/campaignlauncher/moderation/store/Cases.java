package io.campaignlauncher.moderation.store;

import io.campaignlauncher.market.model.CampaignEvent;
import io.campaignlauncher.market.model.CampaignState;
import io.campaignlauncher.market.model.Case;
import io.campaignlauncher.market.model.ChannelEvent;
import io.campaignlauncher.market.model.ChannelState;
import io.campaignlauncher.market.model.CorrectionEvent;
import io.campaignlauncher.market.model.CorrectionState;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.Locks;
import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.WalletKind;
import io.campaignlauncher.market.model.WalletState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Locks what a command needs, in the order of {@link Locks}, and reads it after that: states from the events of their streams, balances
 * and sums from the tables. Within the transaction of the decision.
 */
final class Cases {

    private final JdbcClient jdbc;
    private final EventStore events;
    private final MarketPolicy policy;

    Cases(JdbcClient jdbc, EventStore events, MarketPolicy policy) {
        this.jdbc = jdbc;
        this.events = events;
        this.policy = policy;
    }

    /**
     * A case, and what it was made of.
     *
     * @param read how many events of each stream were read
     */
    record Locked(Case it, Map<UUID, Integer> read) {}

    Locked locked(IssuedCommand issued) {
        var read = new HashMap<UUID, Integer>();
        var command = issued.command();
        var tenant = issued.actor().tenant();
        var locks = Locks.of(command);
        var targetId = command instanceof MarketCommand.OfTarget of ? of.targetId() : null;
        var campaignId = campaignId(command, targetId);
        lock("campaigns", campaignId, locks.campaign());
        lock("campaign_targets", targetId, locks.target());
        var liveIds = locks.live() && campaignId != null ? lockLive(campaignId) : List.<UUID>of();
        var campaign = campaignId == null ? null
                : one(campaignId, read, CampaignEvent.class,
                        (CampaignState state, CampaignEvent e) -> Market.evolve(state, e));
        var target = targetId == null ? null
                : one(targetId, read, TargetEvent.class, (TargetState state, TargetEvent e) -> Market.evolve(state, e));
        var live = all(liveIds, read, TargetEvent.class, (TargetState state, TargetEvent e) -> Market.evolve(state, e));
        var channelId = channelId(command, target);
        lock("channels", channelId, locks.channel());
        var channel = channelId == null || locks.channel() == Locks.Lock.NONE ? null
                : one(channelId, read, ChannelEvent.class,
                        (ChannelState state, ChannelEvent e) -> Market.evolve(state, e));
        var correction = command instanceof MarketCommand.ApproveCorrection of ? correction(of.correctionId(), read)
                : command instanceof MarketCommand.ProposeCorrection of ? correction(of.correctionId(), read) : null;
        var wallets = wallets(Locks.wallets(tenant, command, campaign, target == null ? live : List.of(target),
                correction));
        var switches = switches(locks.switches());
        var moved = locks.ledgerKey() == null ? null : moved(MarketIds.transaction(tenant, locks.ledgerKey()), read);
        var found = new Case(now(), policy, campaign, target, channel, live, locks.targets() ? targets(campaignId) : 0,
                locks.committed() ? committed(campaignId) : Money.ZERO, wallets, switches, moved, correction,
                isTaken(message(command), targetId));
        return new Locked(found, read);
    }

    private @Nullable UUID campaignId(MarketCommand command, @Nullable UUID targetId) {
        return switch (command) {
            case MarketCommand.OfCampaign of -> of.campaignId();
            case MarketCommand.OfTargetInCampaign of -> of.campaignId();
            default -> targetId == null ? null
                    : jdbc.sql("select \"campaignId\" from market.campaign_targets where id = :id")
                            .param("id", targetId).query(UUID.class).optional().orElse(null);
        };
    }

    private static @Nullable UUID channelId(MarketCommand command, @Nullable TargetState target) {
        return switch (command) {
            case MarketCommand.DraftTarget of -> channelId(of.place());
            case MarketCommand.EditTarget of -> channelId(of.place());
            case MarketCommand.OfferChannel of -> MarketIds.channel(of.chatId());
            case MarketCommand.RefreshChannel of -> of.channelId();
            default -> target == null ? null : channelId(target.place());
        };
    }

    private static @Nullable UUID channelId(Place place) {
        return place instanceof Place.TelegramPost post ? post.channelId() : null;
    }

    private void lock(String table, @Nullable UUID id, Locks.Lock how) {
        if (id != null && how != Locks.Lock.NONE) {
            jdbc.sql("select id from market." + table + " where id = :id for "
                    + (how == Locks.Lock.SHARE ? "share" : "update")).param("id", id).query().listOfRows();
        }
    }

    private List<UUID> lockLive(UUID campaignId) {
        return jdbc.sql("""
                select id from market.campaign_targets where "campaignId" = :campaign
                and status in ('submitted', 'approved') order by id for update
                """).param("campaign", campaignId).query(UUID.class).list();
    }

    private <S, E extends MarketEvent> @Nullable S one(UUID id, Map<UUID, Integer> read, Class<E> kind,
            BiFunction<@Nullable S, E, S> evolve) {
        var found = all(List.of(id), read, kind, evolve);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** In the order of the ids; who has no event is not there. */
    private <S, E extends MarketEvent> List<S> all(List<UUID> ids, Map<UUID, Integer> read,
            Class<E> kind, BiFunction<@Nullable S, E, S> evolve) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var streams = events.streams(ids, kind);
        streams.forEach((id, stream) -> read.put(id, stream.size()));
        return ids.stream().flatMap(id -> Stream.ofNullable(streams.get(id))).map(stream -> folded(stream, evolve))
                .toList();
    }

    private static <S, E extends MarketEvent> S folded(List<E> stream, BiFunction<@Nullable S, E, S> evolve) {
        var state = evolve.apply(null, stream.getFirst());
        for (var event : stream.subList(1, stream.size())) {
            state = evolve.apply(state, event);
        }
        return state;
    }

    private @Nullable CorrectionState correction(UUID id, Map<UUID, Integer> read) {
        return one(id, read, CorrectionEvent.class,
                (CorrectionState state, CorrectionEvent e) -> Market.evolve(state, e));
    }

    private LedgerEvent.@Nullable MoneyMoved moved(UUID transactionId, Map<UUID, Integer> read) {
        var stream = events.streams(List.of(transactionId), LedgerEvent.MoneyMoved.class).get(transactionId);
        read.put(transactionId, stream == null ? 0 : stream.size());
        return stream == null ? null : stream.getFirst();
    }

    private Map<UUID, WalletState> wallets(List<UUID> ids) {
        var found = new HashMap<UUID, WalletState>();
        jdbc.sql("select id, tenant, kind, \"userId\", balance from market.wallets where id = any(:ids::uuid[])"
                + " order by id for update").param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query(row -> {
                    var id = MarketQueries.uuid(row, "id");
                    found.put(id, new WalletState(id, row.getString("tenant"),
                            WalletKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                            row.getString("userId"), new Money(row.getBigDecimal("balance"))));
                });
        return found;
    }

    private Map<MarketSwitch, Boolean> switches(Set<MarketSwitch> names) {
        var found = new HashMap<MarketSwitch, Boolean>();
        if (!names.isEmpty()) {
            jdbc.sql("select name, enabled from market.kill_switches where name = any(:names) order by name for share")
                    .param("names", names.stream().map(MarketSwitch::word).toArray(String[]::new))
                    .query(row -> {
                        var enabled = row.getBoolean("enabled");
                        MarketSwitch.named(row.getString("name")).ifPresent(name -> found.put(name, enabled));
                    });
        }
        return found;
    }

    private int targets(@Nullable UUID campaignId) {
        return jdbc.sql("select count(*) from market.campaign_targets where \"campaignId\" = :id")
                .param("id", campaignId).query(Integer.class).single();
    }

    private Money committed(@Nullable UUID campaignId) {
        return new Money(jdbc.sql("""
                select coalesce(sum(e.amount), 0) from market.escrows e
                join market.campaign_targets t on t.id = e."campaignTargetId"
                where t."campaignId" = :id and e.status in ('held', 'released')
                """).param("id", campaignId).query(BigDecimal.class).single());
    }

    private static @Nullable Message message(MarketCommand command) {
        return switch (command) {
            case MarketCommand.ReportPosted of -> of.message();
            case MarketCommand.DecideUnknownPost of -> of.message();
            default -> null;
        };
    }

    private boolean isTaken(@Nullable Message message, @Nullable UUID targetId) {
        return message != null && jdbc.sql("""
                select exists (select from market.post_jobs where "chatId" = :chat and "messageId" = :message
                    and "campaignTargetId" <> :target)
                """).param("chat", message.chatId()).param("message", message.messageId()).param("target", targetId)
                .query(Boolean.class).single();
    }

    /** After every lock. */
    private Instant now() {
        return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    }
}
