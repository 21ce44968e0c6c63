package io.campaignlauncher.graph;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads what an answer's headers say about limits. Their values are JSON texts; figures are percent and may exceed 100. A business
 * use case names its wait in minutes, an ad account in seconds. A header that cannot be read says nothing and breaks nothing.
 */
final class UsageHeaders {

    /** Longer waits named are cut: the longest window of any limit is a day. */
    private static final long WAIT_SECONDS_MAX = Duration.ofDays(1).toSeconds();

    private double percent;
    private long waitSeconds;

    private UsageHeaders() {}

    static GraphUsage read(Map<String, String> headers) {
        var usage = new UsageHeaders();
        usage.app(json(headers.get("X-App-Usage")));
        usage.account(json(headers.get("X-Ad-Account-Usage")));
        json(headers.get("X-Business-Use-Case-Usage")).values()
                .forEach(entries -> entries.values().forEach(usage::useCase));
        return usage.percent == 0 && usage.waitSeconds == 0
                ? GraphUsage.NONE
                : new GraphUsage(usage.percent, Duration.ofSeconds(usage.waitSeconds));
    }

    private void app(JsonNode app) {
        used(app, "call_count");
        used(app, "total_cputime");
        used(app, "total_time");
    }

    private void account(JsonNode account) {
        if (used(account, "acc_id_util_pct") >= 100) {
            refusedFor(account.path("reset_time_duration").asLong(0));
        }
    }

    private void useCase(JsonNode useCase) {
        app(useCase);
        var minutes = useCase.path("estimated_time_to_regain_access").asLong(0);
        refusedFor(Math.min(minutes, WAIT_SECONDS_MAX) * 60);
    }

    private double used(JsonNode usage, String field) {
        var value = usage.path(field).asDouble(0);
        if (Double.isFinite(value)) {
            percent = Math.max(percent, value);
        }
        return value;
    }

    private void refusedFor(long seconds) {
        waitSeconds = Math.clamp(seconds, waitSeconds, WAIT_SECONDS_MAX);
    }

    private static JsonNode json(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return Json.MAPPER.readTree(value);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }
}
