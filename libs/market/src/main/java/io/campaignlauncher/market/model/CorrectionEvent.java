package io.campaignlauncher.market.model;

import java.util.UUID;

/** What has happened to a correction of the ledger. */
public sealed interface CorrectionEvent extends MarketEvent {

    UUID correctionId();

    @Override
    default Stream stream() {
        return new Stream(Stream.Kind.CORRECTION, correctionId());
    }

    record CorrectionProposed(UUID correctionId, Cause by, UUID fromWalletId, UUID toWalletId, Money amount,
            String reason) implements CorrectionEvent {}

    /** By a second person. The money moves with it. */
    record CorrectionApproved(UUID correctionId, Cause by) implements CorrectionEvent {}
}
