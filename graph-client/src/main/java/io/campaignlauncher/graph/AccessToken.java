package io.campaignlauncher.graph;

/** A secret that prints as dots. */
public record AccessToken(String value) {

    public AccessToken {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an access token may not be blank");
        }
        if (value.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw new IllegalArgumentException("an access token is printable ASCII without blanks");
        }
    }

    @Override
    public String toString() {
        return "•••";
    }
}
