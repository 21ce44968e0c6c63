package io.campaignlauncher.market.messages;

import static io.campaignlauncher.market.messages.Values.cause;
import static io.campaignlauncher.market.messages.Values.constant;
import static io.campaignlauncher.market.messages.Values.money;
import static io.campaignlauncher.market.messages.Values.textOrNull;
import static io.campaignlauncher.market.messages.Values.uuid;
import static io.campaignlauncher.market.messages.Values.uuidOrNull;

import io.campaignlauncher.market.model.CorrectionEvent;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.WalletKind;
import io.campaignlauncher.schemas.CorrectionApproved;
import io.campaignlauncher.schemas.CorrectionProposed;
import io.campaignlauncher.schemas.LedgerLeg;
import io.campaignlauncher.schemas.MoneyMoved;
import io.campaignlauncher.schemas.WalletOpened;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events of money. */
final class LedgerMessages {

    private LedgerMessages() {}

    static SpecificRecord message(LedgerEvent event) {
        return switch (event) {
            case LedgerEvent.WalletOpened e -> new WalletOpened(e.walletId().toString(), cause(e.by()),
                    e.kind().word(), e.userId());
            case LedgerEvent.MoneyMoved e -> new MoneyMoved(e.transactionId().toString(), cause(e.by()), e.key(),
                    e.kind().word(), textOrNull(e.campaignId()), textOrNull(e.targetId()),
                    e.legs().stream().map(LedgerMessages::leg).toList());
        };
    }

    static SpecificRecord message(CorrectionEvent event) {
        var correctionId = event.correctionId().toString();
        return switch (event) {
            case CorrectionEvent.CorrectionProposed e -> new CorrectionProposed(correctionId, cause(e.by()),
                    e.fromWalletId().toString(), e.toWalletId().toString(), e.amount().toString(), e.reason());
            case CorrectionEvent.CorrectionApproved e -> new CorrectionApproved(correctionId, cause(e.by()));
        };
    }

    /** Null where it is none of money. */
    static @Nullable MarketEvent event(SpecificRecord message) {
        return switch (message) {
            case WalletOpened m -> new LedgerEvent.WalletOpened(uuid(m.getWalletId()), cause(m.getBy()),
                    constant(WalletKind.values(), WalletKind::word, m.getKind()), m.getUserId());
            case MoneyMoved m -> new LedgerEvent.MoneyMoved(uuid(m.getTransactionId()), cause(m.getBy()), m.getKey(),
                    constant(LedgerEvent.MoveKind.values(), LedgerEvent.MoveKind::word, m.getKind()),
                    uuidOrNull(m.getCampaignId()), uuidOrNull(m.getTargetId()),
                    m.getLegs().stream().map(LedgerMessages::leg).toList());
            case CorrectionProposed m -> new CorrectionEvent.CorrectionProposed(uuid(m.getCorrectionId()),
                    cause(m.getBy()), uuid(m.getFromWalletId()), uuid(m.getToWalletId()), money(m.getAmount()),
                    m.getReason());
            case CorrectionApproved m -> new CorrectionEvent.CorrectionApproved(uuid(m.getCorrectionId()),
                    cause(m.getBy()));
            default -> null;
        };
    }

    private static LedgerLeg leg(LedgerEvent.Leg leg) {
        return new LedgerLeg(leg.walletId().toString(), leg.amount().toString(), leg.type().word());
    }

    private static LedgerEvent.Leg leg(LedgerLeg leg) {
        return new LedgerEvent.Leg(uuid(leg.getWalletId()), money(leg.getAmount()),
                constant(LedgerEvent.EntryType.values(), LedgerEvent.EntryType::word, leg.getType()));
    }
}
