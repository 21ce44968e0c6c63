package io.campaignlauncher.tools;

import static io.campaignlauncher.tools.MarketUnderTest.ANNAS_WALLET;
import static io.campaignlauncher.tools.MarketUnderTest.CAMPAIGN;
import static io.campaignlauncher.tools.MarketUnderTest.CHANNEL;
import static io.campaignlauncher.tools.MarketUnderTest.CORRECTION;
import static io.campaignlauncher.tools.MarketUnderTest.POSTED;
import static io.campaignlauncher.tools.MarketUnderTest.QUEUED;
import static io.campaignlauncher.tools.MarketUnderTest.REFUNDED;
import static io.campaignlauncher.tools.MarketUnderTest.RELEASED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.history.WalletBalance;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.tools.market.WalletCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands about the past of the marketplace, on a real database that real decisions have written. */
class MarketReplayIT {

    private MarketUnderTest market;

    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    @BeforeEach
    void play(TestInfo test) throws Exception {
        market = new MarketUnderTest("market_replay_" + Integer.toHexString(test.getDisplayName().hashCode()));
    }

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void the_history_of_a_target_tells_who_did_what_and_what_money_moved() {
        var history = run("market", "history", RELEASED.toString());
        assertThat(history).returns(0, Ran::code).returns("", Ran::err);
        assertThat(history.lines().getFirst()).isEqualTo("POSITION\tAT\tTYPE\tOF\tBY\tROLE\tCORRELATION\tWHAT");
        assertThat(history.lines().stream().skip(1).map(line -> line.split("\t"))).extracting(line -> line[2])
                .containsExactly("TargetDrafted", "TargetSubmitted", "TargetApproved", "EscrowHeld", "MoneyMoved",
                        "PostQueued", "PostingStarted", "PostPublished", "LastLookPassed", "EscrowReleased",
                        "MoneyMoved");
        assertThat(history.lines()).filteredOn(line -> line.contains("\tMoneyMoved\t")).first().asString()
                .contains("\tmora\tmoderator\tc-1\t", "key=escrow:" + RELEASED + ":hold",
                        "escrow_hold -10.00 " + ANNAS_WALLET);
    }

    @Test
    void the_history_of_anything_is_every_event_that_is_about_it_or_names_it() {
        for (var id : List.of(CAMPAIGN, CHANNEL, ANNAS_WALLET, CORRECTION, QUEUED)) {
            var told = run("market", "history", id.toString(), "--json").lines().stream()
                    .map(line -> JsonMapper.shared().readTree(line)).toList();
            var expected = market.events().stream().filter(event -> event.jobId().equals(id.toString())
                    || new String(event.payload(), ISO_8859_1)
                            .contains(id.toString()))
                    .toList();
            assertThat(told).extracting(line -> line.path("eventId").asString())
                    .containsExactlyElementsOf(expected.stream().map(event -> event.eventId()).toList());
            assertThat(told).allSatisfy(line -> assertThat(line.path("payload").path("by").path("userId").asString())
                    .isNotEmpty());
        }
        var nothing = run("market", "history", new UUID(9, 9).toString());
        assertThat(nothing).returns(2, Ran::code);
        assertThat(nothing.err()).contains("nothing in the event store is about " + new UUID(9, 9));
    }

    @Test
    void a_campaign_is_shown_with_its_targets_as_it_was_at_a_position_and_at_a_time() {
        var now = run("market", "state", CAMPAIGN.toString());
        assertThat(now).returns(0, Ran::code);
        assertThat(now.lines()).anyMatch(line -> line.matches("status +active"))
                .anyMatch(line -> line.matches("totalBudget +50.00"))
                .contains(RELEASED + "\tposted\t1\t10.00\treleased\tposted",
                        REFUNDED + "\trefunded\t1\t10.00\trefunded\tfailed",
                        POSTED + "\tposted\t1\t10.00\theld\tposted", QUEUED + "\tapproved\t1\t10.00\theld\tqueued");
        var activated = market.events().stream().filter(event -> event.type().equals("CampaignActivated")).findFirst()
                .orElseThrow();
        for (var point : List.of(Long.toString(activated.globalIndex()), activated.time())) {
            var then = run("market", "state", CAMPAIGN.toString(), "--at", point, "--json").json();
            assertThat(then.path("status").asString()).isEqualTo("active");
            assertThat(then.path("targets").size()).isZero();
            assertThat(then.path("asOf").path("position").asLong()).isEqualTo(activated.globalIndex());
        }
        var before = run("market", "state", CAMPAIGN.toString(), "--at",
                Long.toString(activated.globalIndex() - 1), "--json").json();
        assertThat(before.path("status").asString()).isEqualTo("draft");
        assertThat(run("market", "state", CAMPAIGN.toString(), "--at=0")).returns(2, Ran::code);
    }

    @Test
    void targets_channels_wallets_and_corrections_are_shown() {
        assertThat(run("market", "state", POSTED.toString(), "--json").json().path("post").path("message")
                .path("messageId").asLong()).isEqualTo(POSTED.getLeastSignificantBits());
        assertThat(run("market", "state", CHANNEL.toString()).lines())
                .anyMatch(line -> line.matches("price +10.00"));
        assertThat(run("market", "state", ANNAS_WALLET.toString(), "--json").json().path("balance").asString())
                .isEqualTo("70.50");
        assertThat(run("market", "state", CORRECTION.toString()).lines())
                .anyMatch(line -> line.matches("approvedBy +susan"));
        assertThat(run("market", "state", MarketIds.postJob(POSTED).toString()).err())
                .contains("no campaign, target, channel, wallet or correction");
    }

    @Test
    void every_balance_at_the_time_of_every_entry_is_that_of_the_ledger_entries() throws Exception {
        var times = market.jdbc().sql("select distinct \"createdAt\" from market.ledger_entries")
                .query(OffsetDateTime.class).list();
        var wallets = market.jdbc().sql("select id from market.wallets").query(UUID.class).list();
        assertThat(times).hasSize(8);
        assertThat(wallets).hasSize(8);
        var seen = new HashMap<UUID, List<WalletBalance>>();
        for (var wallet : wallets) {
            for (var time : times.stream().sorted().toList()) {
                var outcome = WalletCheck.of(market.address(), wallet, time.toInstant(), _ -> {});
                assertThat(outcome).as("%s at %s", wallet, time).returns(true, WalletCheck.Outcome::same);
                assertThat(outcome.events().balance().amount()).isEqualByComparingTo(market.jdbc().sql("""
                        select coalesce(sum(amount), 0) from market.ledger_entries
                        where "walletId" = ? and "createdAt" <= ?""").params(wallet, time)
                        .query(BigDecimal.class).single());
                seen.computeIfAbsent(wallet, _ -> new ArrayList<>()).add(outcome.events());
            }
        }
        assertThat(seen.get(ANNAS_WALLET)).containsExactly(has("100.00", 0), has("90.00", 1), has("80.00", 2),
                has("70.00", 3), has("60.00", 4), has("60.00", 3), has("70.00", 2), has("70.50", 2));
    }

    private static WalletBalance has(String balance, int targetsHeld) {
        return new WalletBalance(Money.of(balance),
                targetsHeld == 0 ? Money.ZERO : Money.of(targetsHeld + "0.00"));
    }

    @Test
    void a_balance_is_told_beside_the_tables_and_one_that_differs_is_an_exit_code() throws Exception {
        var same = run("market", "balance", "--user=anna");
        assertThat(same).returns(0, Ran::code);
        assertThat(same.lines()).contains("balance\t70.50\t70.50", "held\t20.00\t20.00", "row\t70.50\t70.50");
        assertThat(run("market", "balance", ANNAS_WALLET.toString(), "--json").json().path("events").path("held")
                .asString()).isEqualTo("20.00");

        market.corrupt("update wallets set balance = 71 where \"userId\" = 'anna'");
        var row = run("market", "balance", "--user=anna");
        assertThat(row).returns(1, Ran::code);
        assertThat(row.lines()).contains("balance\t70.50\t70.50", "row\t70.50\t71.00");
        market.corrupt("update wallets set balance = 70.5 where \"userId\" = 'anna'", "delete from ledger_entries"
                + " where \"walletId\" = '" + ANNAS_WALLET + "' and type = 'correction'");
        assertThat(run("market", "balance", "--user=anna").lines()).contains("balance\t70.50\t70.00");
        assertThat(run("market", "balance", "--user=nobody").err()).contains("there is no wallet");
    }

    @Test
    void the_tables_are_as_the_events_say_and_each_row_that_was_changed_by_hand_is_named() throws Exception {
        var same = run("market", "diff");
        assertThat(same.out()).isEqualTo("TABLE\tID\tCOLUMN\tIS\tSHOULD-BE\n");
        assertThat(same.code()).isZero();
        assertThat(same.err()).isEqualTo("%d events replayed, 0 differences\n".formatted(market.events().size()));

        var entry = market.jdbc().sql("select max(id) from market.ledger_entries").query(Long.class).single();
        var stranger = new UUID(5, 5);
        market.corrupt("update campaigns set \"totalBudget\" = 51",
                "update campaign_targets set link = 'x', text = 'Sell', status = 'refunded' where id = '" + QUEUED
                        + "'",
                "delete from ledger_entries where id = " + entry, "insert into wallets values ('" + stranger
                        + "', 'local', 'eve', 'user', 9, now())");
        var different = run("market", "diff");
        assertThat(different).returns(1, Ran::code);
        assertThat(different.lines().subList(1, different.lines().size())).containsExactly(
                "wallets\t" + stranger + "\t-\tthere\tnothing",
                "campaigns\t" + CAMPAIGN + "\ttotalBudget\t51.00\t50.00",
                "campaign_targets\t" + QUEUED + "\tlink\tx\tnothing",
                "campaign_targets\t" + QUEUED + "\tstatus\trefunded\tapproved",
                "campaign_targets\t" + QUEUED + "\ttext\tSell\tBuy now",
                "ledger_entries\t" + entry + "\t-\tnothing\tthere");
        assertThat(different.err()).endsWith(" 6 differences\n");
        assertThat(run("market", "diff", "--json", "--limit=1").json().path("table").asString()).isEqualTo("wallets");
    }

    @Test
    void an_event_that_is_not_there_any_more_is_named() throws Exception {
        market.corrupt("delete from domain_events where aggregate_identifier = '" + RELEASED
                + "' and sequence_number = 2");
        var gap = run("market", "diff");
        assertThat(gap).returns(1, Ran::code);
        assertThat(gap.lines()).containsExactly("TABLE\tID\tCOLUMN\tIS\tSHOULD-BE",
                "domain_events\t" + RELEASED + " event 2\t-\tnothing\tthere");
        assertThat(run("market", "state", RELEASED.toString())).returns(2, Ran::code);
        assertThat(run("market", "state", RELEASED.toString()).err())
                .contains("event 2 of target " + RELEASED + " is missing");
        assertThat(run("market", "history", RELEASED.toString()))
                .as("what there is can be read").returns(0, Ran::code);

        market.corrupt("delete from domain_events where type = 'wallet'");
        market.corrupt("update domain_events set sequence_number = sequence_number - 1 where aggregate_identifier = '"
                + RELEASED + "' and sequence_number > 2");
        var broken = run("market", "diff");
        assertThat(broken).returns(2, Ran::code);
        assertThat(broken.err()).contains("does not follow").hasLineCount(1);
    }

    @Test
    void an_event_that_nobody_can_read_is_listed_and_nothing_is_made_of_it() throws Exception {
        market.corrupt("update domain_events set payload = payload || '\\x00'::bytea || payload"
                + " where payload_type = 'CampaignActivated'",
                "update domain_events set payload = convert_to('rubbish " + CAMPAIGN + "', 'UTF8')"
                        + " where payload_type = 'CampaignActivated'");
        var history = run("market", "history", CAMPAIGN.toString());
        assertThat(history).returns(0, Ran::code);
        assertThat(history.out()).contains("\tCampaignActivated\t" + CAMPAIGN + "\t-\t-\tc-1\tunreadable: ");
        assertThat(run("market", "state", CAMPAIGN.toString())).returns(2, Ran::code);
        assertThat(run("market", "diff").err()).contains("this version cannot read event").hasLineCount(1);
    }

    @Test
    void an_export_is_whole_with_and_without_the_store_and_one_that_was_changed_is_found() throws Exception {
        var out = folder.resolve("out");
        var export = run("market", "export", "--out", out.toString());
        assertThat(export).returns(0, Ran::code);
        assertThat(export.lines().getFirst())
                .isEqualTo(market.events().size() + " events in 2 files in " + out);
        assertThat(run("market", "verify", out.toString())).returns(0, Ran::code);
        assertThat(run("replay", "verify", out.toString(), "--against-store").out())
                .startsWith("whole: " + market.events().size() + " events, the same as in the event store");

        market.corrupt("update domain_events set time_stamp = '2026-01-01T00:00:00Z' where global_index = 3");
        var other = run("market", "verify", out.toString(), "--against-store");
        assertThat(other).returns(1, Ran::code);
        assertThat(other.out()).contains("global index 3");

        var lines = out.resolve("events-000001.jsonl");
        Files.writeString(lines, Files.readString(lines).replaceFirst("\"totalBudget\":\"50.00\"",
                "\"totalBudget\":\"99.00\""));
        var changed = run("market", "verify", out.toString());
        assertThat(changed).returns(1, Ran::code);
        assertThat(changed.out()).startsWith("wrong: events-000001.jsonl: line ").contains(" is not the event ");
    }

    @Test
    void a_range_of_time_is_exported() {
        var half = market.events().get(market.events().size() / 2).time();
        var before = run("market", "export", "--to", half, "--out", folder.resolve("before").toString(), "--json");
        var after = run("market", "export", "--from", half, "--out", folder.resolve("after").toString(), "--json");
        assertThat(before.json().path("events").asInt()).isPositive();
        assertThat(before.json().path("events").asInt() + after.json().path("events").asInt())
                .isEqualTo(market.events().size());
        assertThat(run("market", "verify", folder.resolve("before").toString(), "--against-store"))
                .returns(0, Ran::code);
    }

    @Test
    void a_point_that_is_none_is_said_in_one_line() {
        assertThat(run("market", "state", CAMPAIGN.toString(), "--at=yesterday").err())
                .startsWith("--at must be the position of an event").hasLineCount(1);
    }

    private Ran run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Tools.run(market.environment(), new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Ran(code, out.toString(), err.toString());
    }
}
