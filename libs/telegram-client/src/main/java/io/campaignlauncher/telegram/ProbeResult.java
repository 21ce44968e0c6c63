package io.campaignlauncher.telegram;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What there is under an id. {@link Nothing} is said for every failed read inside Telegram as well, so it counts only beside a probe of an
 * id that is known to exist, at the same time.
 */
public sealed interface ProbeResult {

    record Nothing() implements ProbeResult {}

    /** A message that the bot may edit: its own, where it has no right to edit those of others. */
    record Ours() implements ProbeResult {}

    /** Somebody else's message, or a forwarded one. */
    record NotOurs() implements ProbeResult {}

    /** A message, and no word of whose. */
    record Something() implements ProbeResult {}

    /** The probe failed. @param retryAfter how long Telegram wants nothing more; null: it did not say */
    record Inconclusive(String reason, @Nullable Duration retryAfter) implements ProbeResult {}
}
