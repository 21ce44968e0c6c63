package io.campaignlauncher.market.history;

import io.campaignlauncher.market.model.Money;

/** What a wallet has. @param held of its money, what is in escrow */
public record WalletBalance(Money balance, Money held) {}
