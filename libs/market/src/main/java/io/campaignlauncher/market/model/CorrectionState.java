package io.campaignlauncher.market.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A correction of the ledger by hand. @param approvedBy null until a second person has approved it */
public record CorrectionState(UUID id, String tenant, UUID fromWalletId, UUID toWalletId, Money amount, String reason,
        String proposedBy, @Nullable String approvedBy) {}
