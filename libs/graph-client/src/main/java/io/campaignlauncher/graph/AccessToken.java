package io.campaignlauncher.graph;

import org.jspecify.annotations.Nullable;

/**
 * A secret that prints as dots, and the ad account that it is used on.
 *
 * @param adAccountId whose limits matter where an answer tells of several, e.g. {@code act_1001}; null: all of them do
 */
public record AccessToken(String value, @Nullable String adAccountId) {

    public AccessToken {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an access token may not be blank");
        }
        if (value.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw new IllegalArgumentException("an access token is printable ASCII without blanks");
        }
    }

    /** A token that is used on no account in particular. */
    public AccessToken(String value) {
        this(value, null);
    }

    /** The same token for work on this ad account. */
    public AccessToken on(String newAdAccountId) {
        return new AccessToken(value, newAdAccountId);
    }

    @Override
    public String toString() {
        return "•••";
    }
}
