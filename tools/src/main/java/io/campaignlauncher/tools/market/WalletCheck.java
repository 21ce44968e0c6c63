package io.campaignlauncher.tools.market;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.market.history.WalletBalance;
import io.campaignlauncher.market.history.WalletFold;
import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.Stream;
import io.campaignlauncher.market.tables.WalletBalances;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.OperationRefused;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a wallet had at a time: from the ledger's events alone, and as the tables tell, both read at one moment. */
public final class WalletCheck {

    private static final EventStoreSchema SCHEMA = EventStoreSchema.MARKETPLACE;

    private WalletCheck() {}

    /**
     * What came of it.
     *
     * @param events  from the events alone
     * @param entries from the entries of the ledger's tables
     * @param row     the balance in the wallet's row; null where another time than now was asked for
     */
    public record Outcome(Instant at, WalletBalance events, WalletBalance entries, @Nullable Money row) {

        public boolean same() {
            return events.equals(entries) && (row == null || row.equals(events.balance()));
        }
    }

    /**
     * @param at       null: now
     * @param progress is told how many ledger transactions were read
     * @throws OperationRefused where no event tells of such a wallet
     */
    public static Outcome of(EventStore.Address address, UUID walletId, @Nullable Instant at, LongConsumer progress)
            throws SQLException {
        try (var store = EventStore.open(address, SCHEMA); var further = store.sameMoment()) {
            var jdbc = JdbcClient.create(new SingleConnectionDataSource(further, true));
            if (!jdbc.sql("select exists (select from " + SCHEMA.events() + " where aggregate_identifier = ?"
                    + " and type = ?)").params(walletId.toString(), Stream.Kind.WALLET.word()).query(Boolean.class)
                    .single()) {
                throw new OperationRefused("there is no wallet " + walletId + " in the event store");
            }
            var time = at == null ? now(jdbc) : at;
            return new Outcome(time, folded(store, walletId, time, progress),
                    new WalletBalances(jdbc, SCHEMA.name()).at(walletId, time),
                    at == null ? row(jdbc, walletId) : null);
        }
    }

    /** Not the beginning of the transaction: events that it sees may be later than that. */
    private static Instant now(JdbcClient jdbc) {
        return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    }

    private static WalletBalance folded(EventStore store, UUID walletId, Instant at, LongConsumer progress)
            throws SQLException {
        var fold = new WalletFold(walletId);
        try (var cursor = store.ofKind(Stream.Kind.LEDGER.word())) {
            MarketHistory.each(cursor, past -> {
                if (!past.stored().at().isAfter(at) && past.readable() instanceof MoneyMoved moved) {
                    fold.apply(moved);
                }
            }, progress);
        }
        return fold.balance();
    }

    private static @Nullable Money row(JdbcClient jdbc, UUID walletId) {
        return jdbc.sql("select balance from " + SCHEMA.name() + ".wallets where id = ?").param(walletId)
                .query(BigDecimal.class).optional().map(Money::new).orElse(null);
    }
}
