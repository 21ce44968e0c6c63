package io.campaignlauncher.telegram;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of reading a message by forwarding it. */
public sealed interface ForwardResult {

    /** The message with all that it holds, under the id that it has where it was forwarded to. */
    record Forwarded(Message copy) implements ForwardResult {}

    /** There is none, or it could not be read: see {@link ProbeResult}. */
    record Nothing() implements ForwardResult {}

    /** There is one, which may not be forwarded. */
    record Unforwardable(String reason) implements ForwardResult {}

    /** Nothing is known. @param retryAfter how long Telegram wants nothing more; null: it did not say */
    record Inconclusive(String reason, @Nullable Duration retryAfter) implements ForwardResult {}
}
