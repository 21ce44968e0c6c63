package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.ANNA;
import static io.campaignlauncher.market.model.MarketScenario.SUPER_ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.TARGET;
import static io.campaignlauncher.market.model.MarketScenario.TENANT;
import static io.campaignlauncher.market.model.MarketScenario.actor;
import static io.campaignlauncher.market.model.MarketScenario.approved;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.drafted;
import static io.campaignlauncher.market.model.MarketScenario.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.LedgerEvent.EntryType;
import io.campaignlauncher.market.model.LedgerEvent.Leg;
import io.campaignlauncher.market.model.LedgerEvent.MoveKind;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How money comes in, and how a wrong entry is made good. */
class LedgerRulesTest {

    private static final UUID ANNAS = MarketIds.userWallet(TENANT, "anna");
    private static final UUID EXTERNAL = MarketIds.external(TENANT);
    private static final UUID CORRECTION = id("correction");

    @Test
    void a_deposit_comes_from_outside_and_opens_the_wallet() {
        var cause = by(ADMIN, Role.ADMIN);
        var wallet = MarketIds.userWallet(TENANT, "carl");
        drafted().when(ADMIN, new MarketCommand.Deposit("carl", "5.00", "bank-9")).then(
                new LedgerEvent.WalletOpened(wallet, cause, WalletKind.USER, "carl"),
                new LedgerEvent.MoneyMoved(MarketIds.transaction(TENANT, "deposit:bank-9"), cause, "deposit:bank-9",
                        MoveKind.DEPOSIT, null, null,
                        List.of(new Leg(EXTERNAL, Money.of("5").negated(), EntryType.DEPOSIT),
                                new Leg(wallet, Money.of("5"), EntryType.DEPOSIT))));
    }

    @Test
    void a_payment_counts_once() {
        var scenario = drafted().when(ADMIN, new MarketCommand.Deposit("anna", "500.00", "bank-1")).thenNothing()
                .when(ADMIN, new MarketCommand.Deposit("anna", "500", "bank-1")).thenNothing()
                .when(ADMIN, new MarketCommand.Deposit("anna", "500.01", "bank-1"))
                .thenRefused(409, new Refusal.DifferentRequest())
                .when(ADMIN, new MarketCommand.Deposit("bert", "500.00", "bank-1"))
                .thenRefused(409, new Refusal.DifferentRequest());

        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");
    }

    @Test
    void the_same_payment_id_of_another_tenant_is_another_payment() {
        var elsewhere = new Actor("elsewhere", "adam", Set.of(Role.ADMIN));
        var scenario = drafted().given(elsewhere, new MarketCommand.Deposit("anna", "1.00", "bank-1"));

        assertThat(scenario.market().balance(MarketIds.userWallet("elsewhere", "anna"))).hasToString("1.00");
        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");
    }

    @Test
    void names_the_field_that_is_wrong() {
        drafted().when(ADMIN, new MarketCommand.Deposit("anna", "5.001", "x")).thenInvalid("amount")
                .when(ADMIN, new MarketCommand.Deposit("anna", "5", "")).thenInvalid("externalId")
                .when(ADMIN, new MarketCommand.Deposit("", "5", "x")).thenInvalid("userId")
                .when(ANNA, new MarketCommand.Deposit("anna", "5", "x"))
                .thenRefused(403, new Refusal.RoleMissing(Action.DEPOSIT));
    }

    @Test
    void a_balance_stays_within_what_a_wallet_can_hold() {
        var scenario = drafted();
        var full = new WalletState(ANNAS, TENANT, WalletKind.USER, "anna",
                new Money(new java.math.BigDecimal("99999999999999999.98")));
        scenario.market().wallets.put(ANNAS, full);

        scenario.when(ADMIN, new MarketCommand.Deposit("anna", "0.02", "bank-8")).thenInvalid("amount")
                .given(ADMIN, new MarketCommand.Deposit("anna", "0.01", "bank-8"));
    }

    @Test
    void a_correction_takes_two_people() {
        var both = actor("bo", Role.ADMIN, Role.SUPER_ADMIN);
        drafted().given(both, propose("3.00"))
                .when(both, new MarketCommand.ApproveCorrection(CORRECTION))
                .thenRefused(403, new Refusal.OwnCorrection())
                .when(ADMIN, new MarketCommand.ApproveCorrection(CORRECTION))
                .thenRefused(403, new Refusal.RoleMissing(Action.APPROVE_CORRECTION));
    }

    @Test
    void a_correction_moves_money_once() {
        var scenario = drafted().given(ADMIN, propose("3.00")).when(ADMIN, propose("3")).thenNothing()
                .when(ADMIN, propose("4")).thenRefused(409, new Refusal.DifferentRequest());
        assertThat(scenario.balance(ANNA)).isEqualTo("500.00");

        var cause = by(SUPER_ADMIN, Role.SUPER_ADMIN);
        var key = "correction:" + CORRECTION;
        scenario.when(SUPER_ADMIN, new MarketCommand.ApproveCorrection(CORRECTION)).then(
                new CorrectionEvent.CorrectionApproved(CORRECTION, cause),
                new LedgerEvent.MoneyMoved(MarketIds.transaction(TENANT, key), cause, key, MoveKind.CORRECTION, null,
                        null, List.of(new Leg(ANNAS, Money.of("3").negated(), EntryType.CORRECTION),
                                new Leg(EXTERNAL, Money.of("3"), EntryType.CORRECTION))))
                .when(SUPER_ADMIN, new MarketCommand.ApproveCorrection(CORRECTION)).thenNothing();
        assertThat(scenario.balance(ANNA)).isEqualTo("497.00");
    }

    @Test
    void a_correction_takes_no_wallet_below_zero_and_no_money_out_of_an_escrow() {
        drafted().given(ADMIN, propose("500.01")).when(SUPER_ADMIN, new MarketCommand.ApproveCorrection(CORRECTION))
                .thenRefused(409, new Refusal.NotEnoughBalance());
        approved().when(ADMIN, new MarketCommand.ProposeCorrection(CORRECTION, MarketIds.escrowWallet(TARGET), ANNAS,
                "1", "x")).thenRefused(404, new Refusal.NoSuch(Refusal.Subject.WALLET));
    }

    @Test
    void a_correction_names_its_mistakes() {
        drafted().when(ADMIN, new MarketCommand.ProposeCorrection(CORRECTION, ANNAS, ANNAS, "1", "x"))
                .thenInvalid("toWalletId")
                .when(ADMIN, new MarketCommand.ProposeCorrection(CORRECTION, ANNAS, EXTERNAL, "1", ""))
                .thenInvalid("reason")
                .when(SUPER_ADMIN, new MarketCommand.ApproveCorrection(id("none")))
                .thenRefused(404, new Refusal.NoSuch(Refusal.Subject.CORRECTION));
    }

    private static MarketCommand propose(String amount) {
        return new MarketCommand.ProposeCorrection(CORRECTION, ANNAS, EXTERNAL, amount, "counted twice");
    }
}
