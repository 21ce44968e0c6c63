package io.campaignlauncher.job.notify.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to deliver. */
public sealed interface DeliveryResponse {

    /**
     * The receiver answered.
     *
     * @param status     of HTTP
     * @param retryAfter how long it wants to be left alone; null where it does not say
     */
    record Answered(int status, @Nullable Duration retryAfter) implements DeliveryResponse {

        public Answered(int status) {
            this(status, null);
        }
    }

    /** It may not be sent, at no time. @param reason one line, without secrets */
    record NotAllowed(String reason) implements DeliveryResponse {}

    /** No answer, or none was asked for. @param reason one line, without secrets */
    record Unanswered(String reason) implements DeliveryResponse {}
}
