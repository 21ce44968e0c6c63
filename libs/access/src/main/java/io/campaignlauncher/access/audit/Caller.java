package io.campaignlauncher.access.audit;

import io.campaignlauncher.access.model.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who does something, for the audit.
 *
 * @param principal   null where nobody is known yet
 * @param traceId     of the request
 * @param addressHash of the peer's address; null where there is none
 */
public record Caller(@Nullable Principal principal, @Nullable String traceId, byte @Nullable [] addressHash) {

    /** The service itself. */
    public static final Caller SERVICE = new Caller(null, null, null);
}
