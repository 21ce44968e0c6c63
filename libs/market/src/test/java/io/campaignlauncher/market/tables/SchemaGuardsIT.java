package io.campaignlauncher.market.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.market.model.Arrow;
import io.campaignlauncher.market.model.CampaignStatus;
import io.campaignlauncher.market.model.EscrowStatus;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.PostStatus;
import io.campaignlauncher.market.model.Status;
import io.campaignlauncher.market.model.TargetStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tables refuse by themselves, whatever a program decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaGuardsIT {

    private TablesDatabase database;

    @BeforeAll
    void start() {
        database = new TablesDatabase("market_guards");
        database.transaction.executeWithoutResult(_ -> database.tables.apply(Story.market().log()));
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "second escrow of a target | insert into escrows select gen_random_uuid(), \"campaignTargetId\", w.id, 'held', 10, 0, now(), now() from escrows, (select id from wallets where kind = 'fees') w limit 1 | escrows_campaignTargetId_key",
        "second post job of a target | insert into post_jobs select gen_random_uuid(), \"campaignTargetId\", 'queued', 'x', now(), null, null, null, null, null, false, null, now(), now() from post_jobs limit 1 | post_jobs_campaignTargetId_key",
        "post job without an escrow | insert into post_jobs values (gen_random_uuid(), $DRAFT, 'queued', 'x', now(), null, null, null, null, null, false, null, now(), now()) | post_jobs_campaignTargetId_fkey",
        "escrow without a target | insert into escrows select gen_random_uuid(), gen_random_uuid(), id, 'held', 1, 0, now(), now() from wallets where kind = 'fees' | escrows_campaignTargetId_fkey",
        "one message for two targets | update post_jobs set \"messageId\" = 4 where status = 'posted' | post_jobs_of_one_message",
        "posted without a message | update post_jobs set \"messageId\" = null where status = 'posted' | violates check",
        "ledger key twice | insert into ledger_transactions select gen_random_uuid(), tenant, key, kind, null, null, now() from ledger_transactions limit 1 | one_transaction_of_a_key",
        "wallet below zero | update wallets set balance = -0.01 where kind = 'user' | wallet_not_below_zero",
        "escrow wallet below zero | update wallets set balance = -0.01 where kind = 'escrow' | wallet_not_below_zero",
        "a user's second wallet | insert into wallets values (gen_random_uuid(), 'local', 'anna', 'user', 0, now()) | wallets_of_users",
        "a second wallet for fees | insert into wallets values (gen_random_uuid(), 'local', null, 'fees', 0, now()) | wallets_of_the_system",
        "entry changed | update ledger_entries set amount = 1 | ledger_entries is only added to",
        "entries deleted | delete from ledger_entries | ledger_entries is only added to",
        "entries truncated | truncate ledger_entries | ledger_entries is only added to",
        "transaction changed | update ledger_transactions set kind = 'deposit' | ledger_transactions is only added to",
        "audit changed | update user_audit_logs set action = 'x' | user_audit_logs is only added to",
        "audit deleted | delete from user_audit_logs where false | user_audit_logs is only added to",
        "entry of nothing | insert into ledger_entries select 900001, t.id, w.id, 0, 'deposit', 0, now() from ledger_transactions t, wallets w limit 1 | violates check",
        "entry without a wallet | insert into ledger_entries select 900002, id, gen_random_uuid(), 1, 'deposit', 0, now() from ledger_transactions limit 1 | ledger_entries_walletId_fkey",
        "transaction without entries | insert into ledger_transactions values (gen_random_uuid(), 'local', 'k', 'deposit', null, null, now()) | does not sum to zero",
        "a leg too many | insert into ledger_entries select 900003, t.id, w.id, 1, 'deposit', 0, now() from ledger_transactions t, wallets w limit 1 | does not sum to zero",
        "unknown state | update channels set status = 'done' | violates check",
        "target without its campaign | update campaign_targets set \"campaignId\" = gen_random_uuid() | campaign_targets_campaignId_fkey",
        "approved by nobody | update campaign_targets set status = 'approved' where status = 'submitted' | violates check",
        "correction approved by its author | insert into corrections select gen_random_uuid(), 'local', id, id, 1, 'x', 'adam', 'adam', now(), now() from wallets limit 1 | approved_by_a_second_person",
        "target that begins as submitted | insert into campaign_targets select gen_random_uuid(), \"campaignId\", tenant, 'submitted', place, \"channelId\", text, link, photo, null, null, null, \"publisherId\", amount, 1, 'x', 0, null, null, null, null, now(), now() from campaign_targets limit 1 | begins as draft",
        "escrow that comes back | update escrows set status = 'held' where status = 'released' | does not go from released to held",
        "released and refunded | update escrows set status = 'refunded' where status = 'released' | does not go from released to refunded",
        "campaign that comes back | update campaigns set status = 'draft' where status = 'active' | does not go from active to draft",
        "unknown switch | insert into kill_switches values ('all', true, 'x', 'x') | violates check" })
    void refuses(String what, String statement, String reason) {
        assertThatThrownBy(() -> database.transaction.executeWithoutResult(
                _ -> database.jdbc.execute(statement.replace("$DRAFT", "'" + Story.DRAFT + "'"))))
                .as(what).hasStackTraceContaining(reason.strip());
        assertThat(database.check.run()).isEmpty();
    }

    @Test
    void the_arrows_of_the_tables_are_those_of_the_rules() {
        for (var table : Map.of("campaigns", CampaignStatus.class, "campaign_targets", TargetStatus.class, "escrows",
                EscrowStatus.class, "post_jobs", PostStatus.class).entrySet()) {
            var definition = database.jdbc.queryForObject("select pg_get_triggerdef(oid) from pg_trigger"
                    + " where tgrelid = ?::regclass and tgname = 'goes_on'", String.class, table.getKey());
            var allowed = Pattern.compile("'(\\w+>\\w+)'").matcher(definition).results().map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            var wanted = Arrow.ALL.stream().filter(arrow -> table.getValue().isInstance(arrow.from()))
                    .map(arrow -> arrow.from().word() + ">" + arrow.to().word())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(allowed).as(table.getKey()).isEqualTo(wanted);

            // And they do what they say: every other change is refused.
            var states = Arrays.stream(table.getValue().getEnumConstants()).map(Status.class::cast).map(Status::word)
                    .toList();
            var refused = new ArrayList<String>();
            for (var from : states) {
                for (var to : states) {
                    if (!from.equals(to) && !allowed.contains(from + ">" + to)
                            && refusesArrow(table.getKey(), from, to)) {
                        refused.add(from + ">" + to);
                    }
                }
            }
            assertThat(refused).hasSize(states.size() * (states.size() - 1) - allowed.size());
        }
    }

    private boolean refusesArrow(String table, String from, String to) {
        try {
            return Boolean.TRUE.equals(database.transaction.execute(status -> {
                status.setRollbackOnly();
                database.jdbc.execute("alter table " + table + " disable trigger goes_on");
                for (var check : database.jdbc
                        .queryForList("select conname from pg_constraint where conrelid = ?::regclass"
                                + " and contype = 'c'", String.class, table)) {
                    database.jdbc.execute("alter table " + table + " drop constraint \"" + check + "\"");
                }
                database.jdbc.update("update " + table + " set status = ?", from);
                database.jdbc.execute("alter table " + table + " enable trigger goes_on");
                database.jdbc.update("update " + table + " set status = ?", to);
                return false;
            }));
        } catch (org.springframework.dao.DataAccessException e) {
            assertThat(e).hasMessageContaining("does not go from " + from + " to " + to);
            return true;
        }
    }

    @Test
    void an_escrow_has_a_wallet_of_its_own() {
        assertThatThrownBy(() -> database.jdbc.update("update escrows set \"walletId\" = ?",
                MarketIds.escrowWallet(Story.QUEUED))).hasMessageContaining("escrows_walletId_key");
    }
}
