package io.campaignlauncher.tools;

import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.telemetry.Secrets;
import io.campaignlauncher.tools.events.OperationRefused;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Says in one line what went wrong. */
final class Failures {

    private static final String HIDDEN = "•••";

    private Failures() {}

    static String inOneLine(Throwable failure) {
        var cause = failure instanceof ExecutionException e && e.getCause() != null ? e.getCause() : failure;
        return switch (cause) {
            case OperationRefused refused -> String.valueOf(refused.getMessage());
            case TimeoutException e -> "Kafka does not answer: " + e.getMessage();
            case KafkaException e -> "Kafka: " + innermost(e);
            case SQLException e -> "PostgreSQL: " + oneLine(e.getMessage());
            case DataAccessException e when e.getMostSpecificCause() instanceof SQLException sql -> "PostgreSQL: "
                    + oneLine(sql.getMessage());
            case IOException e -> oneLine(e.toString());
            default -> oneLine(cause.toString());
        };
    }

    private static String oneLine(@Nullable String message) {
        // The driver repeats an address that it cannot read.
        return PlainText.oneLine(Secrets.blottedOut(
                String.valueOf(message).lines().map(String::strip).collect(Collectors.joining(" ")), HIDDEN));
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
