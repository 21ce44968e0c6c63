package io.campaignlauncher.telegram;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a read. */
public sealed interface ReadResult<T> {

    record Found<T>(T value) implements ReadResult<T> {}

    /** Telegram names a reason: no such chat, no rights, no such bot. */
    record Refused<T>(String reason) implements ReadResult<T> {}

    /** Nothing is known. @param retryAfter how long Telegram wants nothing more; null: it did not say */
    record Unread<T>(String reason, @Nullable Duration retryAfter) implements ReadResult<T> {}
}
