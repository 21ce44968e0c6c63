package io.campaignlauncher.messaging;

/**
 * Tokens are stored and not one of them can be read with this service's key: whether a certain one is among them cannot be told.
 * What was to be done with a token has to be done later, or by somebody else.
 */
public final class TokensUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TokensUnreadable(String message) {
        super(message, null, false, false);
    }
}
