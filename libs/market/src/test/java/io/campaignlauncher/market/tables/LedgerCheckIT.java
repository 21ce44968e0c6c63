package io.campaignlauncher.market.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;

/** Each invariant finds the corruption that it is there for, made behind the back of every guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerCheckIT {

    private TablesDatabase database;

    /** @param invariant that has to find it @param statement what corrupts the tables */
    record Corruption(String invariant, String statement) {}

    static Stream<Corruption> corruptions() {
        return Stream.of(
                new Corruption("I1", "update wallets set balance = balance + 1 where kind = 'user'"),
                new Corruption("I2", "update wallets set balance = -1 where kind = 'fees'"),
                new Corruption("I3", "delete from ledger_entries where id = (select max(id) from ledger_entries)"),
                new Corruption("I3",
                        "insert into ledger_transactions values (gen_random_uuid(), 'local', 'k', 'deposit', null, null, now())"),
                new Corruption("I4",
                        "update ledger_entries set \"walletId\" = gen_random_uuid() where id = (select min(id) from ledger_entries)"),
                new Corruption("I4",
                        "alter table ledger_entries alter amount type numeric; update ledger_entries set amount = amount + 0.001"),
                new Corruption("I5",
                        "update ledger_entries set \"balanceAfter\" = 7 where id = (select min(id) from ledger_entries)"),
                new Corruption("I6a",
                        "insert into escrows select gen_random_uuid(), \"campaignTargetId\", \"walletId\", status, amount, commission, now(), now() from escrows"),
                new Corruption("I6b",
                        "insert into post_jobs select gen_random_uuid(), \"campaignTargetId\", 'queued', 'x', now(), null, null, null, null, null, false, null, now(), now() from post_jobs"),
                new Corruption("I7",
                        "update campaign_targets set status = 'draft' where id = '" + Story.RELEASED + "'"),
                new Corruption("I7",
                        "update post_jobs set status = 'failed' where \"campaignTargetId\" = '" + Story.POSTED + "'"),
                new Corruption("I8", "delete from campaign_targets where id = '" + Story.QUEUED + "'"),
                new Corruption("I8", "delete from escrows where \"campaignTargetId\" = '" + Story.QUEUED + "'"),
                new Corruption("I9", "update wallets set balance = 3 where kind = 'escrow'"),
                new Corruption("I10", "update escrows set status = 'refunded' where status = 'released'"),
                new Corruption("I10", "update escrows set status = 'held' where status = 'refunded'"),
                new Corruption("I11", "update campaigns set \"totalBudget\" = 29.99"),
                new Corruption("I12", "update campaigns set status = 'cancelled' where id = '" + Story.CAMPAIGN + "'"),
                new Corruption("I12", "update campaigns set status = 'draft' where id = '" + Story.CAMPAIGN + "'"),
                new Corruption("I13a", "delete from user_audit_logs where action = 'escrow_held'"),
                new Corruption("I13b",
                        "update user_audit_logs set action = 'escrow_released' where action = 'escrow_held'"),
                new Corruption("I13c", "delete from user_audit_logs where action = 'post_published'"),
                new Corruption("I13d", "update user_audit_logs set metadata = metadata - 'role'"),
                new Corruption("I14a", "update post_jobs set \"messageId\" = 1 where status = 'posted'"),
                new Corruption("I14b", "update post_jobs set \"messageId\" = null where status = 'posted'"),
                new Corruption("I15", "update post_attempts set outcome = 'unknown'"),
                new Corruption("I16", "update post_jobs set \"contentHash\" = 'x'"),
                new Corruption("I17",
                        "update campaign_targets set \"approvedBy\" = 'anna' where \"approvedBy\" is not null"),
                new Corruption("I18",
                        "insert into kill_switch_history values ('new_escrows', '[2026-03-01,)', 'x', 'x', null)"),
                new Corruption("I18",
                        "insert into kill_switch_history values ('payouts', '[2026-03-01,2026-03-02)', 'x', 'x', null)"),
                new Corruption("I19", "update wallets set balance = balance + 1 where kind = 'external'"));
    }

    @BeforeAll
    void start() {
        database = new TablesDatabase("market_check");
        database.transaction.executeWithoutResult(_ -> database.tables.apply(Story.market().log()));
        // From here on nothing guards the tables: only the check can see what is done to them.
        database.jdbc
                .queryForList(
                        """
                                select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname)
                                from pg_constraint where connamespace = 'public'::regnamespace and contype in ('f', 'c', 'u')
                                and conrelid::regclass::text <> 'flyway_schema_history'
                                union all select format('drop index if exists %s', indexrelid::regclass) from pg_index join pg_class c on c.oid = indexrelid
                                where c.relnamespace = 'public'::regnamespace and indisunique and not indisprimary
                                and not exists (select from pg_constraint where conindid = indexrelid)
                                union all select format('alter table %s disable trigger user', c.oid::regclass) from pg_class c
                                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'""",
                        String.class)
                .forEach(database.jdbc::execute);
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void finds_nothing_where_all_is_well() {
        assertThat(database.check.run()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("corruptions")
    void finds(Corruption corruption) {
        var invariant = Invariant.ALL.stream().filter(each -> each.name().equals(corruption.invariant())).findFirst()
                .orElseThrow();
        database.transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            database.jdbc.execute(corruption.statement());
            assertThat(database.jdbc.queryForList(invariant.query())).isNotEmpty();
        });
        assertThat(database.check.run()).isEmpty();
    }

    @Test
    void every_invariant_has_a_corruption_made_for_it() {
        assertThat(Invariant.ALL).extracting(Invariant::name).doesNotHaveDuplicates().hasSize(24)
                .allSatisfy(name -> assertThat(corruptions().map(Corruption::invariant)).contains(name));
    }

    @Test
    void says_what_is_broken_and_where() {
        database.jdbc.execute("update wallets set balance = balance + 1 where kind = 'external'");
        try {
            assertThat(database.check.run()).extracting(BrokenInvariant::invariant).containsExactlyInAnyOrder("I1",
                    "I19");
            assertThat(database.check.run()).filteredOn(broken -> broken.invariant().equals("I19")).singleElement()
                    .satisfies(broken -> assertThat(broken.meaning()).isEqualTo("all wallets together have nothing"))
                    .satisfies(broken -> assertThat(broken.row()).isEqualTo("total=1.00"));
        } finally {
            database.jdbc.execute("update wallets set balance = balance - 1 where kind = 'external'");
        }
    }

    @Test
    void tells_of_a_bounded_number_of_rows() {
        database.jdbc.execute("insert into wallets select gen_random_uuid(), 'many', null, 'escrow', 0, now()"
                + " from generate_series(1, 100)");
        database.jdbc.execute("update wallets set balance = 0.01 where tenant = 'many'");
        try {
            assertThat(database.check.run()).filteredOn(broken -> broken.invariant().equals("I1"))
                    .hasSize(LedgerCheck.ROWS_MAX);
        } finally {
            database.jdbc.execute("delete from wallets where tenant = 'many'");
        }
    }

    @Test
    void where_the_tables_cannot_be_read_nothing_is_known() {
        assertThatThrownBy(() -> new LedgerCheck(database.dataSource, "nowhere", Duration.ofSeconds(10)).run())
                .isInstanceOf(DataAccessException.class);
    }
}
