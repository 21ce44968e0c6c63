package io.campaignlauncher.tools;

import io.campaignlauncher.tools.events.CannotBeDone;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says in one line what went wrong. */
final class Failures {

    private Failures() {}

    static String inOneLine(Throwable failure) {
        var cause = failure instanceof ExecutionException e && e.getCause() != null ? e.getCause() : failure;
        return switch (cause) {
            case CannotBeDone refused -> String.valueOf(refused.getMessage());
            case TimeoutException e -> "Kafka does not answer: " + e.getMessage();
            case KafkaException e -> "Kafka: " + innermost(e);
            default -> cause.toString();
        };
    }

    /** Kafka's client wraps what is wrong with its settings into words that say nothing. */
    private static String innermost(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
