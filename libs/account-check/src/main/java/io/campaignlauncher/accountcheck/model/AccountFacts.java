package io.campaignlauncher.accountcheck.model;

import io.campaignlauncher.schemas.GraphFault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of an ad account at one time.
 *
 * @param account          the account itself
 * @param token            the access token
 * @param campaignsOfName  ids of the campaigns of the wanted name that are neither deleted nor archived
 * @param campaigns        how many campaigns count against the account's limit
 * @param adSets           how many ad sets do
 * @param ads              how many ads do
 * @param page             whether the wanted page may be used
 * @param pixel            whether the wanted pixel may be used
 */
public record AccountFacts(ReadResult<Account> account, ReadResult<Token> token,
        ReadResult<List<String>> campaignsOfName,
        ReadResult<Integer> campaigns, ReadResult<Integer> adSets, ReadResult<Integer> ads, ReadResult<Usability> page,
        ReadResult<Usability> pixel) {

    /**
     * @param status        Graph's {@code account_status}
     * @param disableReason Graph's {@code disable_reason}, 0: none
     * @param tasks         what the token's user may do there; empty: Facebook did not say
     * @param spendCap      minor units; 0: none
     * @param amountSpent   minor units
     * @param currency      ISO code; empty: Facebook did not say
     * @param timeZone      its name, as {@code America/Los_Angeles}; empty: Facebook did not say
     */
    public record Account(int status, int disableReason, List<String> tasks, long spendCap, long amountSpent,
            String currency, String timeZone) {}

    /**
     * @param valid     what Facebook says
     * @param why       Facebook's words where it is not valid; else empty
     * @param expiresAt null: never
     * @param scopes    its permissions; empty: Facebook did not say
     */
    public record Token(boolean valid, String why, @Nullable Instant expiresAt, List<String> scopes) {}

    /** Whether something may be used on the account. */
    public enum Usability { USABLE, UNAVAILABLE, NOT_LISTED }

    /** Nothing was read. */
    public static AccountFacts none() {
        return new AccountFacts(new ReadResult.NotAsked<>(), new ReadResult.NotAsked<>(), new ReadResult.NotAsked<>(),
                new ReadResult.NotAsked<>(), new ReadResult.NotAsked<>(), new ReadResult.NotAsked<>(),
                new ReadResult.NotAsked<>(),
                new ReadResult.NotAsked<>());
    }

    /** The account could not be read, and nothing else was. */
    public static AccountFacts unreadable(GraphFault fault) {
        var none = none();
        return new AccountFacts(new ReadResult.Unreadable<>(fault), none.token, none.campaignsOfName, none.campaigns,
                none.adSets, none.ads, none.page, none.pixel);
    }

    List<ReadResult<?>> all() {
        return List.of(account, token, campaignsOfName, campaigns, adSets, ads, page, pixel);
    }
}
