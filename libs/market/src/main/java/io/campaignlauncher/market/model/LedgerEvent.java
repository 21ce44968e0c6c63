package io.campaignlauncher.market.model;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has happened to money. */
public sealed interface LedgerEvent extends MarketEvent {

    /** A wallet is there, with nothing in it. @param userId whose; null for the system's own */
    record WalletOpened(UUID walletId, Cause by, WalletKind kind, @Nullable String userId) implements LedgerEvent {

        @Override
        public Stream stream() {
            return new Stream(Stream.Kind.WALLET, walletId);
        }
    }

    /**
     * A ledger transaction: the legs are entries of wallets, and their sum is zero.
     *
     * @param transactionId made of the tenant and the key
     * @param key           what it is, so that it can be only once
     * @param campaignId    for which campaign; null where for none
     * @param targetId      for which target; null where for none
     */
    record MoneyMoved(UUID transactionId, Cause by, String key, MoveKind kind, @Nullable UUID campaignId,
            @Nullable UUID targetId, List<Leg> legs) implements LedgerEvent {

        /** More legs than any transaction has: a third wallet takes part in a release only. */
        public static final int LEGS_MAX = 8;

        public MoneyMoved {
            legs = List.copyOf(legs);
            if (legs.size() < 2 || legs.size() > LEGS_MAX) {
                throw new IllegalArgumentException("a ledger transaction has 2 to " + LEGS_MAX + " legs");
            }
            if (legs.stream().anyMatch(leg -> leg.amount().isZero())
                    || !Money.sum(legs.stream().map(Leg::amount).toList()).isZero()) {
                throw new IllegalArgumentException("the legs of a ledger transaction are not zero, and their sum is");
            }
        }

        @Override
        public Stream stream() {
            return new Stream(Stream.Kind.LEDGER, transactionId);
        }
    }

    /** One entry. @param amount above zero: into the wallet; below: out of it */
    record Leg(UUID walletId, Money amount, EntryType type) {}

    /** Why money moved. */
    enum MoveKind {
        DEPOSIT, ESCROW_HOLD, ESCROW_RELEASE, ESCROW_REFUND, CORRECTION;

        /** As in tables and messages. */
        public String word() {
            return Words.of(this);
        }
    }

    /** What an entry is for its wallet. */
    enum EntryType {
        DEPOSIT, ESCROW_HOLD, ESCROW_RELEASE, ESCROW_REFUND, COMMISSION, CORRECTION;

        /** As in tables and HTTP. */
        public String word() {
            return Words.of(this);
        }
    }
}
