package io.campaignlauncher.changefeed;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The change feed cannot read before a person has done something; the message says what. */
final class FeedHeld extends RuntimeException {

    FeedHeld(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
