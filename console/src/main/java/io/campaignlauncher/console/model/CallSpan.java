package io.campaignlauncher.console.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** When a request was under way. */
record CallSpan(JsonNode call, Instant begun, Duration took, String service, CallOutcome outcome) {

    /** @param answer of {@code GET /v1/jobs/{jobId}/calls} */
    static List<CallSpan> all(JsonNode answer) {
        return answer.path("calls").valueStream()
                .map(call -> new CallSpan(call, Instant.parse(Launches.text(call, "begunAt")),
                        Duration.ofMillis(call.path("tookMs").asLong(0)), Launches.text(call, "service"),
                        CallOutcome.of(Launches.text(call, "outcome"))))
                .toList();
    }

    Instant ended() {
        return begun.plus(took);
    }
}
