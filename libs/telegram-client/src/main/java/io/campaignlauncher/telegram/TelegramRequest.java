package io.campaignlauncher.telegram;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method. Holds no token, and prints its method alone.
 *
 * @param method      as the API names it, e.g. {@code sendMessage}
 * @param contentType of the body, JSON or multipart
 * @param timeLimit   from the call to the end of its answer; later nothing of it is sent any more
 * @param traceparent W3C trace context for the header of that name; null: none is sent
 */
public record TelegramRequest(String method, String contentType, byte[] body, Duration timeLimit,
        @Nullable String traceparent) {

    @Override
    public String toString() {
        return method;
    }
}
