package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.LedgerEvent.EntryType;
import io.campaignlauncher.market.model.LedgerEvent.Leg;
import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.LedgerEvent.MoveKind;
import io.campaignlauncher.market.model.Refusal.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How money comes in, and how an entry that was wrong is made good: by another one. */
final class LedgerRules {

    private static final int EXTERNAL_ID_MAX = 128;

    private LedgerRules() {}

    static Decision deposit(Case c, IssuedCommand issued, MarketCommand.Deposit command) {
        return Gate.unowned(issued, Action.DEPOSIT,
                by -> new Fields().line("userId", command.userId(), Fields.LINE_MAX)
                        .amount("amount", command.amount())
                        .line("externalId", command.externalId(), EXTERNAL_ID_MAX)
                        .refusal().orElseGet(() -> deposited(c, command, by)));
    }

    private static Decision deposited(Case c, MarketCommand.Deposit command, Cause by) {
        var amount = Money.of(command.amount());
        var external = MarketIds.external(by.tenant());
        var wallet = MarketIds.userWallet(by.tenant(), command.userId());
        var legs = List.of(new Leg(external, amount.negated(), EntryType.DEPOSIT),
                new Leg(wallet, amount, EntryType.DEPOSIT));
        if (c.moved() != null) {
            return c.moved().equals(legs) ? Decision.accept() : Decision.refuse(new Refusal.DifferentRequest());
        }
        if (!fits(c, legs)) {
            return tooMuch();
        }
        var events = new ArrayList<MarketEvent>();
        open(c, events, external, WalletKind.EXTERNAL, null, by);
        open(c, events, wallet, WalletKind.USER, command.userId(), by);
        events.add(moved(by, LedgerKey.deposit(command.externalId()), MoveKind.DEPOSIT, legs));
        return new Decision.Accepted(events);
    }

    static Decision propose(Case c, IssuedCommand issued, MarketCommand.ProposeCorrection command) {
        return Gate.unowned(issued, Action.PROPOSE_CORRECTION, by -> {
            if (!mayCorrect(c, command.fromWalletId(), by) || !mayCorrect(c, command.toWalletId(), by)) {
                return Decision.refuse(new Refusal.NoSuch(Subject.WALLET));
            }
            return new Fields().amount("amount", command.amount())
                    .line("reason", command.reason(), Fields.REASON_MAX)
                    .refusal().orElseGet(() -> proposed(c, command, by));
        });
    }

    /** The money of an escrow moves by the rules of its target alone. */
    private static boolean mayCorrect(Case c, UUID walletId, Cause by) {
        var wallet = c.wallets().get(walletId);
        return wallet != null && wallet.tenant().equals(by.tenant()) && wallet.kind() != WalletKind.ESCROW;
    }

    private static Decision proposed(Case c, MarketCommand.ProposeCorrection command, Cause by) {
        if (command.fromWalletId().equals(command.toWalletId())) {
            return Decision.refuse(Refusal.Invalid.of("toWalletId", "must be another wallet"));
        }
        var amount = Money.of(command.amount());
        var is = c.correction();
        if (is != null) {
            boolean same = is.tenant().equals(by.tenant()) && is.proposedBy().equals(by.userId())
                    && is.fromWalletId().equals(command.fromWalletId()) && is.toWalletId().equals(command.toWalletId())
                    && is.amount().equals(amount) && is.reason().equals(command.reason());
            return same ? Decision.accept() : Decision.refuse(new Refusal.DifferentRequest());
        }
        return Decision.accept(new CorrectionEvent.CorrectionProposed(command.correctionId(), by,
                command.fromWalletId(), command.toWalletId(), amount, command.reason()));
    }

    static Decision approve(Case c, IssuedCommand issued, MarketCommand.ApproveCorrection command) {
        if (!Action.APPROVE_CORRECTION.openTo(issued.actor())) {
            return Decision.refuse(new Refusal.RoleMissing(Action.APPROVE_CORRECTION));
        }
        var correction = c.correction();
        if (correction == null || !correction.tenant().equals(issued.actor().tenant())) {
            return Decision.refuse(new Refusal.NoSuch(Subject.CORRECTION));
        }
        return Gate.owned(issued, Action.APPROVE_CORRECTION, Subject.CORRECTION, correction.proposedBy(),
                by -> approved(c, command, correction, by));
    }

    private static Decision approved(Case c, MarketCommand.ApproveCorrection command, CorrectionState correction,
            Cause by) {
        if (correction.approvedBy() != null) {
            return Decision.accept();
        }
        var legs = List.of(new Leg(correction.fromWalletId(), correction.amount().negated(), EntryType.CORRECTION),
                new Leg(correction.toWalletId(), correction.amount(), EntryType.CORRECTION));
        if (!fits(c, legs)) {
            return tooMuch();
        }
        for (var leg : legs) {
            var wallet = c.wallets().get(leg.walletId());
            if (wallet == null) {
                return Decision.refuse(new Refusal.NoSuch(Subject.WALLET));
            }
            if (wallet.kind() != WalletKind.EXTERNAL && wallet.plus(leg.amount()).balance().isNegative()) {
                return Decision.refuse(new Refusal.NotEnoughBalance());
            }
        }
        return Decision.accept(new CorrectionEvent.CorrectionApproved(command.correctionId(), by),
                moved(by, LedgerKey.correction(command.correctionId()), MoveKind.CORRECTION, legs));
    }

    private static boolean fits(Case c, List<Leg> legs) {
        return legs.stream().allMatch(leg -> c.balance(leg.walletId()).fitsWith(leg.amount()));
    }

    private static Decision tooMuch() {
        return Decision.refuse(Refusal.Invalid.of("amount", "makes a balance larger than a wallet can hold"));
    }

    private static void open(Case c, List<MarketEvent> events, UUID walletId, WalletKind kind, @Nullable String userId,
            Cause by) {
        if (!c.wallets().containsKey(walletId)) {
            events.add(new LedgerEvent.WalletOpened(walletId, by, kind, userId));
        }
    }

    private static MoneyMoved moved(Cause by, String key, MoveKind kind, List<Leg> legs) {
        return new MoneyMoved(MarketIds.transaction(by.tenant(), key), by, key, kind, null, null, legs);
    }
}
