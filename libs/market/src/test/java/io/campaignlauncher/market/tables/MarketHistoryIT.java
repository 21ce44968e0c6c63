package io.campaignlauncher.market.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.market.history.StreamFold;
import io.campaignlauncher.market.history.WalletBalance;
import io.campaignlauncher.market.history.WalletFold;
import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.model.TargetState;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The past from events alone is the past that the tables tell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketHistoryIT {

    private static final int STEPS = 600;

    private TablesDatabase database;

    @BeforeAll
    void start() {
        database = new TablesDatabase("market_history");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 707, 818_181 })
    void in_every_history_each_balance_at_each_time_is_that_of_the_tables(long seed) {
        database.empty();
        balancesAreThoseOfTheTables(database.play(seed, STEPS));
    }

    @Test
    void in_a_story_each_balance_at_each_time_is_that_of_the_tables() {
        database.empty();
        var log = Story.market().log();
        database.transaction.executeWithoutResult(_ -> database.tables.apply(log));
        balancesAreThoseOfTheTables(log);
        assertThat(log).extracting(recorded -> balance(log, annas(log), recorded.at())).contains(
                new WalletBalance(Money.of("100.00"), Money.ZERO),
                new WalletBalance(Money.of("60.00"), Money.of("40.00")),
                new WalletBalance(Money.of("60.00"), Money.of("30.00")),
                new WalletBalance(Money.of("70.00"), Money.of("20.00")));
    }

    private static UUID annas(List<RecordedEvent> log) {
        return log.stream().map(RecordedEvent::event).filter(MoneyMoved.class::isInstance).map(MoneyMoved.class::cast)
                .flatMap(moved -> moved.legs().stream()).filter(leg -> !leg.amount().isNegative()).findFirst()
                .orElseThrow().walletId();
    }

    private void balancesAreThoseOfTheTables(List<RecordedEvent> log) {
        var times = database.jdbc.queryForList("select distinct \"createdAt\" from ledger_entries",
                Timestamp.class);
        var wallets = database.jdbc.queryForList("select id from wallets", UUID.class);
        assertThat(times).hasSizeGreaterThan(5);
        for (var wallet : wallets) {
            for (var time : times) {
                var at = time.toInstant();
                assertThat(balance(log, wallet, at)).as("%s at %s", wallet, at)
                        .isEqualTo(database.balances.at(wallet, at))
                        .isEqualTo(database.balances.at(wallet, at.plusNanos(1_000)));
            }
        }
    }

    private static WalletBalance balance(List<RecordedEvent> log, UUID wallet, Instant at) {
        var fold = new WalletFold(wallet);
        log.stream().filter(recorded -> !recorded.at().isAfter(at)).map(RecordedEvent::event)
                .filter(MoneyMoved.class::isInstance).map(MoneyMoved.class::cast).forEach(fold::apply);
        return fold.balance();
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 707 })
    void each_stream_by_itself_makes_the_state_that_its_rows_have(long seed) {
        database.empty();
        var log = database.play(seed, STEPS).stream().map(RecordedEvent::event).toList();
        database.states().forEach((id, state) -> {
            var standing = Objects.requireNonNull(folded(id, log, _ -> false).standing());
            assertThat(standing.state()).isEqualTo(state);
            assertThat(standing.targets()).allSatisfy(
                    target -> assertThat(target).isEqualTo(database.states().get(target.id())));
        });
        var campaigns = database.states().values().stream().filter(TargetState.class::isInstance)
                .map(TargetState.class::cast).map(TargetState::campaignId).distinct().toList();
        assertThat(campaigns).isNotEmpty().allSatisfy(id -> assertThat(
                Objects.requireNonNull(folded(id, log, _ -> false).standing()).targets()).isNotEmpty());
    }

    @Test
    void a_stream_that_lacks_an_event_has_no_state() {
        var log = Story.market().log().stream().map(RecordedEvent::event).toList();
        assertThat(folded(Story.RELEASED, log, _ -> false).standing()).isNotNull();
        assertThatThrownBy(() -> folded(Story.RELEASED, log, sequence -> sequence == 2))
                .hasMessageContaining("event 2 of target " + Story.RELEASED + " is missing");
    }

    private static StreamFold folded(UUID id, List<MarketEvent> log, LongPredicate leftOut) {
        var fold = new StreamFold(id);
        var sequences = new HashMap<UUID, Long>();
        log.forEach(event -> {
            long sequence = sequences.merge(event.stream().id(), 1L, Long::sum) - 1;
            if (!event.stream().id().equals(id) || !leftOut.test(sequence)) {
                fold.apply(sequence, event);
            }
        });
        return fold;
    }
}
