package io.campaignlauncher.job.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong at Facebook or on the way there.
 *
 * @param outcomeUnknown the request may have taken effect although no success was seen
 * @param code           Graph API error code; null where there was no answer
 * @param message        for people, without secrets
 * @param fbtraceId      for Facebook's support
 * @param retryAt        when Facebook allows calls again; null where it named no time
 */
public record Fault(ErrorKind kind, boolean outcomeUnknown, @Nullable Integer code, @Nullable Integer subcode,
        String message, @Nullable String fbtraceId, @Nullable Instant retryAt) {

    /** A fault that the job states itself, not one that Facebook answered. */
    static Fault temporary(String message) {
        return new Fault(ErrorKind.TEMPORARY, false, null, null, message, null, null);
    }

    /** The object referred to does not exist or cannot be seen (100/33, 803): verify before going on. */
    boolean objectMissing() {
        return code != null && (code == 803 || code == 100 && subcode != null && subcode == 33);
    }

    /** Refused, and often taken when asked again: 100/1487390 for an ad's creative. Only a few of them in a row are a no. */
    boolean flaky() {
        return code != null && code == 100 && subcode != null && subcode == 1487390;
    }

    /** The fault as one sentence, with Facebook's code where there is one. */
    public String described() {
        return described(message, code, subcode);
    }

    /** A message with the code that belongs to it, once: what the Graph client says of an answer ends with it already. */
    public static String described(String message, @Nullable Integer code, @Nullable Integer subcode) {
        if (code == null
                || message.endsWith(" (code " + code + (subcode == null ? ")" : ", subcode " + subcode + ")"))) {
            return message;
        }
        return message + " (code " + code + (subcode == null ? ")" : "/" + subcode + ")");
    }
}
