package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.CampaignState;
import io.campaignlauncher.market.model.Case;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.Locks;
import io.campaignlauncher.market.model.Locks.Lock;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.TargetState;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Locks the rows that a command needs, in the order that {@link Locks} tells, and reads what is decided on. */
public final class LockedCases {

    private final Sql sql;
    private final MarketPolicy policy;

    /** @param schema where the tables are, as SQL writes it */
    public LockedCases(JdbcTemplate jdbc, String schema, MarketPolicy policy) {
        this.sql = new Sql(jdbc, schema);
        this.policy = policy;
    }

    /**
     * Needs a transaction around it, of the isolation READ COMMITTED: what is read after a lock was had is what the one before left. Waits for
     * others who have the rows.
     *
     * @throws org.springframework.dao.DataAccessException where the tables cannot be read, or a lock cannot be had: nothing is decided then
     */
    public Case load(String tenant, MarketCommand command) {
        var locks = Locks.of(command);
        var campaign = first(new CampaignRows(sql).load(given(campaignId(command)), locks.campaign()));
        var target = locks.target() == Lock.NONE || !(command instanceof MarketCommand.OfTarget of) ? null
                : first(targets(lockedTargets("id = ?", of.targetId())));
        var live = locks.live() && campaign != null ? List.copyOf(targets(
                lockedTargets("\"campaignId\" = ? and status in ('submitted', 'approved')", campaign.id())).values())
                : List.<TargetState>of();
        var channel = locks.channel() == Lock.NONE ? null
                : first(new ChannelRows(sql).load(given(channelId(command, target)), locks.channel()));
        var correction = first(new CorrectionRows(sql).load(given(correctionId(command)), Lock.CHANGE));
        var wallets = new WalletRows(sql).load(Locks.wallets(tenant, command, campaign,
                Stream.concat(live.stream(), Stream.ofNullable(target)).toList(), correction), Lock.CHANGE);
        var switches = switches(locks.switches());
        return new Case(sql.one(OffsetDateTime.class, "select clock_timestamp()").toInstant(), policy, campaign, target,
                channel, live, locks.targets() && campaign != null ? count(campaign) : 0,
                locks.committed() && campaign != null ? committed(campaign) : Money.ZERO, wallets, switches,
                locks.ledgerKey() == null ? null : moved(MarketIds.transaction(tenant, locks.ledgerKey())), correction,
                taken(command));
    }

    private @Nullable UUID campaignId(MarketCommand command) {
        return switch (command) {
            case MarketCommand.OfCampaign c -> c.campaignId();
            case MarketCommand.OfTargetInCampaign c -> c.campaignId();
            // It never changes, so that it can be read before anything is locked.
            case MarketCommand.OfTarget c -> sql.rows("select \"campaignId\" from @campaign_targets where id = ?",
                    row -> Sql.id(row, "campaignId"), c.targetId()).stream().findFirst().orElse(null);
            case MarketCommand.Deposit _,MarketCommand.ProposeCorrection _,MarketCommand.ApproveCorrection _,MarketCommand.OfferChannel _,MarketCommand.RefreshChannel _ ->
                null;
        };
    }

    private List<UUID> lockedTargets(String condition, UUID value) {
        return sql.rows("select id from @campaign_targets where " + condition + " order by id for update",
                row -> Sql.id(row, "id"), value);
    }

    private Map<UUID, TargetState> targets(List<UUID> ids) {
        return new TargetRows(sql).load(ids);
    }

    private static @Nullable UUID channelId(MarketCommand command, @Nullable TargetState target) {
        var place = switch (command) {
            case MarketCommand.DraftTarget c -> c.place();
            case MarketCommand.EditTarget c -> c.place();
            default -> target == null ? null : target.place();
        };
        return switch (command) {
            case MarketCommand.OfferChannel c -> MarketIds.channel(c.chatId());
            case MarketCommand.RefreshChannel c -> c.channelId();
            default -> place instanceof Place.TelegramPost post ? post.channelId() : null;
        };
    }

    private static @Nullable UUID correctionId(MarketCommand command) {
        return switch (command) {
            case MarketCommand.ProposeCorrection c -> c.correctionId();
            case MarketCommand.ApproveCorrection c -> c.correctionId();
            default -> null;
        };
    }

    private Map<MarketSwitch, Boolean> switches(Set<MarketSwitch> names) {
        var on = new EnumMap<MarketSwitch, Boolean>(MarketSwitch.class);
        for (var name : new TreeSet<>(names)) {
            sql.rows("select enabled from @kill_switches where name = ? for share", row -> row.getBoolean("enabled"),
                    name.word()).forEach(enabled -> on.put(name, enabled));
        }
        return on;
    }

    private int count(CampaignState campaign) {
        return sql.one(Integer.class, "select count(*) from @campaign_targets where \"campaignId\" = ?", campaign.id());
    }

    private Money committed(CampaignState campaign) {
        return sql.rows("select coalesce(sum(e.amount), 0) as total from @escrows e join @campaign_targets t"
                + " on t.id = e.\"campaignTargetId\" where t.\"campaignId\" = ? and e.status in ('held', 'released')",
                row -> Sql.money(row, "total"), campaign.id()).getFirst();
    }

    private @Nullable List<LedgerEvent.Leg> moved(UUID transactionId) {
        var legs = sql.rows(
                "select \"walletId\", amount, type from @ledger_entries where \"transactionId\" = ? order by id",
                row -> new LedgerEvent.Leg(Sql.id(row, "walletId"), Sql.money(row, "amount"),
                        Sql.constant(LedgerEvent.EntryType.class, row, "type")),
                transactionId);
        return legs.isEmpty() ? null : legs;
    }

    private boolean taken(MarketCommand command) {
        return switch (command) {
            case MarketCommand.ReportPosted c -> taken(c.targetId(), c.message());
            case MarketCommand.DecideUnknownPost c -> c.message() != null && taken(c.targetId(), c.message());
            default -> false;
        };
    }

    private boolean taken(UUID targetId, Message message) {
        return sql.one(Boolean.class, "select exists (select from @post_jobs where \"chatId\" = ? and \"messageId\" = ?"
                + " and \"campaignTargetId\" <> ?)", message.chatId(), message.messageId(), targetId);
    }

    private static List<UUID> given(@Nullable UUID id) {
        return id == null ? List.of() : List.of(id);
    }

    private static <S> @Nullable S first(Map<UUID, S> found) {
        return found.values().stream().findFirst().orElse(null);
    }
}
