package io.campaignlauncher.graph;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An error of the Graph API or of the way to it, classified by code and subcode (never by {@code type}).
 *
 * @param kind           what to do about it
 * @param outcomeUnknown the request was a write and may have taken effect: read what exists before trying again
 * @param code           Graph error code; null where there was no readable answer
 * @param subcode        Graph error subcode; null where none was given
 * @param httpStatus     0 where there was no answer
 * @param message        for people; at most 1,000 characters; holds no token
 * @param fbtraceId      for Facebook's support; null where none was given
 * @param waitFor        how long Facebook wants to be left alone; null where it named no time
 * @param wantedNext     where Facebook wants an upload of a video to go on; null unless it was sent at a wrong offset
 */
public record GraphError(Kind kind, boolean outcomeUnknown, @Nullable Integer code, @Nullable Integer subcode,
        int httpStatus, String message, @Nullable String fbtraceId, @Nullable Duration waitFor,
        @Nullable UploadOffsets wantedNext) {

    /** An error that is not about an upload. */
    public GraphError(Kind kind, boolean outcomeUnknown, @Nullable Integer code, @Nullable Integer subcode,
            int httpStatus, String message, @Nullable String fbtraceId, @Nullable Duration waitFor) {
        this(kind, outcomeUnknown, code, subcode, httpStatus, message, fbtraceId, waitFor, null);
    }

    /** What an error means for who asked. */
    public enum Kind {
        /** Trying again will not help: input, permission, token or account are at fault. */
        PERMANENT,
        /** Not executed because of a limit; wait, then go on. */
        RATE_LIMIT,
        /** Network, server or a passing state; try again with back-off. */
        TEMPORARY
    }

    /** The object named does not exist or cannot be seen: code 100/33 or 803. */
    public boolean objectMissing() {
        return code != null && (code == 803 || code == 100 && subcode != null && subcode == 33);
    }

    /** The page asked for is too much work for Facebook: a smaller one may be answered. Repeated unchanged it fails for ever. */
    public boolean tooMuchData() {
        return code != null && code == 1 && message.toLowerCase(Locale.ROOT).contains("reduce the amount of data");
    }
}
