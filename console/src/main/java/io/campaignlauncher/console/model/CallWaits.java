package io.campaignlauncher.console.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Where nothing was sent for a while, and what the history says of it. */
final class CallWaits {

    /** A shorter one is no wait for a person. */
    static final Duration SHORTEST = Duration.ofSeconds(3);

    /** What led to the wait is decided some moments after the last answer. */
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(2);

    private CallWaits() {}

    /** @param before the request that ends it @param why a few words; empty: the history says nothing of it */
    record Wait(Instant from, Instant until, CallSpan before, String why) {

        String took() {
            return Calls.took(Duration.between(from, until));
        }

        String sentence() {
            return "Waits " + took() + (why.isEmpty() ? "" : " (" + why + ")");
        }
    }

    /** @param spans in the order in which they began */
    static List<Wait> between(List<CallSpan> spans, JsonNode history) {
        var waits = new ArrayList<Wait>();
        var quietFrom = Instant.MAX;
        for (var span : spans) {
            if (quietFrom.isBefore(span.begun().minus(SHORTEST))) {
                waits.add(new Wait(quietFrom, span.begun(), span, why(history, quietFrom, span.begun())));
            }
            quietFrom = quietFrom.equals(Instant.MAX) || span.ended().isAfter(quietFrom) ? span.ended() : quietFrom;
        }
        return waits;
    }

    private static String why(JsonNode history, Instant from, Instant until) {
        return history.path("events").valueStream()
                .filter(event -> isBetween(Launches.text(event, "at"), from.minus(DECIDED_WITHIN), until))
                .flatMap(CallWaits::reason)
                .reduce((_, last) -> last).orElse("");
    }

    private static boolean isBetween(String at, Instant from, Instant until) {
        return !at.isEmpty() && !Instant.parse(at).isBefore(from) && Instant.parse(at).isBefore(until);
    }

    private static Stream<String> reason(JsonNode event) {
        return Stream.ofNullable(switch (Objects.toString(Launches.text(event, "type"))) {
            case "RetryScheduled" -> "retry " + event.path("payload").path("retryCount").asInt(0);
            case "RateLimitReached" -> "Facebook's limit";
            case "LookScheduled" -> "before the next look";
            case "LaunchScheduled", "LaunchRescheduled" -> "for its time";
            case "RollbackProposed" -> "for a decision";
            default -> null;
        });
    }
}
