package io.campaignlauncher.telegram;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of a post after its one request. Only {@link Unknown} leaves open whether it is there. */
public sealed interface SendResult {

    /** It is there. */
    record Posted(Message message) implements SendResult {}

    /** It is certainly not there, and never will be with these contents. */
    record RefusedContent(String reason) implements SendResult {}

    /** It is certainly not there: the bot may not post there, or is not known. No fault of the contents. */
    record RefusedPlace(String reason) implements SendResult {}

    /** No byte of the request left. */
    record NotSent(String reason) implements SendResult {}

    /**
     * It may be there, now or later: look before anything is sent again.
     *
     * @param retryAfter how long Telegram wants nothing more; null: it did not say
     */
    record Unknown(String reason, @Nullable Duration retryAfter) implements SendResult {}
}
