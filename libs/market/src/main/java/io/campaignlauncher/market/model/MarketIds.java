package io.campaignlauncher.market.model;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that follow from what they stand for, so that whatever happens twice meets itself. Name-based UUIDs. */
public final class MarketIds {

    private MarketIds() {}

    public static UUID userWallet(String tenant, String userId) {
        return named("wallet", tenant, WalletKind.USER.word(), userId);
    }

    public static UUID fees(String tenant) {
        return named("wallet", tenant, WalletKind.FEES.word());
    }

    public static UUID external(String tenant) {
        return named("wallet", tenant, WalletKind.EXTERNAL.word());
    }

    public static UUID escrowWallet(UUID targetId) {
        return named("target", targetId.toString(), "wallet");
    }

    public static UUID escrow(UUID targetId) {
        return named("target", targetId.toString(), "escrow");
    }

    public static UUID postJob(UUID targetId) {
        return named("target", targetId.toString(), "post");
    }

    /** The same chat is the same channel, whoever offers it. */
    public static UUID channel(long chatId) {
        return named("channel", Long.toString(chatId));
    }

    /** @param key of the ledger transaction */
    public static UUID transaction(String tenant, String key) {
        return named("ledger", tenant, key);
    }

    /** Each part with its length, so that no two lists of parts are one name. */
    private static UUID named(String... parts) {
        var name = new StringBuilder();
        for (var part : parts) {
            name.append(part.length()).append(':').append(part);
        }
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
    }
}
