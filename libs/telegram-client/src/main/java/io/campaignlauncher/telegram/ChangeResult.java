package io.campaignlauncher.telegram;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of deleting or editing a message that is known. Each may be repeated. */
public sealed interface ChangeResult {

    /** It is as it was to become. */
    record Done() implements ChangeResult {}

    /** There is no such message, or it could not be read: see {@link ProbeResult}. */
    record NotThere() implements ChangeResult {}

    /** It cannot be done, and was not. */
    record Refused(String reason) implements ChangeResult {}

    /** It may have been done. @param retryAfter how long Telegram wants nothing more; null: it did not say */
    record Unknown(String reason, @Nullable Duration retryAfter) implements ChangeResult {}
}
