package io.campaignlauncher.market.model;

import java.util.UUID;

/** The money of a target. @param commission what the marketplace keeps of the amount when it is released */
public record EscrowState(UUID id, UUID walletId, Money amount, Money commission, EscrowStatus status) {

    EscrowState in(EscrowStatus next) {
        return new EscrowState(id, walletId, amount, commission, next);
    }
}
