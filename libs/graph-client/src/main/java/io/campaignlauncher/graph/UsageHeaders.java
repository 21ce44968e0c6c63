package io.campaignlauncher.graph;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads what the headers of an answer, or of the entries in a batch's answer, say about the limits of one account. Their values are
 * JSON texts; figures are percent and may exceed 100. A business use case names its wait in minutes, an ad account in seconds. A
 * header that cannot be read says nothing and breaks nothing. {@code X-FB-Ads-Insights-Throttle} is about reports alone: it holds up
 * nothing that is asked here.
 *
 * <p>For one answer and one thread: the last text of each header is kept with what it said, as entries mostly repeat it.
 */
final class UsageHeaders {

    /** Longer waits named are cut: the longest window of any limit is a day. */
    private static final long WAIT_SECONDS_MAX = Duration.ofDays(1).toSeconds();
    private static final String ADS_MANAGEMENT = "ads_management";
    private static final String ACCOUNT_PREFIX = "act_";

    private enum Header {
        APP("X-App-Usage"), ACCOUNT("X-Ad-Account-Usage"), USE_CASES("X-Business-Use-Case-Usage");

        private final String text;

        Header(String text) {
            this.text = text;
        }
    }

    private final @Nullable String account;
    private final @Nullable String[] texts = new String[Header.values().length];
    private final GraphUsage[] said = new GraphUsage[Header.values().length];

    /** @param adAccountId whose usage is looked for, with or without {@code act_}; null: every account's counts */
    UsageHeaders(@Nullable String adAccountId) {
        this.account = adAccountId == null ? null : digits(adAccountId);
    }

    /** @param headers names of any case */
    GraphUsage of(Map<String, String> headers) {
        var usage = GraphUsage.NONE;
        for (var header : headers.entrySet()) {
            usage = usage.and(of(header.getKey(), header.getValue()));
        }
        return usage;
    }

    /** What one header says; nothing where it is about something else. */
    GraphUsage of(String name, @Nullable String value) {
        for (var header : Header.values()) {
            if (header.text.equalsIgnoreCase(name)) {
                return value == null || value.isEmpty() ? GraphUsage.NONE : known(header, value);
            }
        }
        return GraphUsage.NONE;
    }

    private GraphUsage known(Header header, String value) {
        var at = header.ordinal();
        if (!value.equals(texts[at])) {
            var json = json(value);
            texts[at] = value;
            said[at] = switch (header) {
                case APP -> usage(figures(json), 0);
                case ACCOUNT -> account(json);
                case USE_CASES -> useCases(json);
            };
        }
        return said[at];
    }

    private static GraphUsage account(JsonNode account) {
        var percent = figure(account, "acc_id_util_pct");
        return usage(percent, percent >= 100 ? account.path("reset_time_duration").asLong(0) : 0);
    }

    /** Under ids of accounts or of businesses, each with a list of use cases. */
    private GraphUsage useCases(JsonNode ids) {
        var own = GraphUsage.NONE;
        var others = GraphUsage.NONE;
        var listed = false;
        for (var id : ids.properties()) {
            var isOwn = account == null || account.equals(digits(id.getKey()));
            listed |= isOwn;
            for (var useCase : id.getValue().values()) {
                if (!ADS_MANAGEMENT.equalsIgnoreCase(useCase.path("type").asString(""))) {
                    continue;
                }
                var minutes = useCase.path("estimated_time_to_regain_access").asLong(0);
                var usage = usage(figures(useCase), Math.min(minutes, WAIT_SECONDS_MAX) * 60);
                if (isOwn) {
                    own = own.and(usage);
                } else {
                    others = others.and(usage);
                }
            }
        }
        return listed || others == GraphUsage.NONE ? own : new GraphUsage(0, Duration.ZERO, others.waitFor());
    }

    private static double figures(JsonNode usage) {
        return Math.max(figure(usage, "call_count"),
                Math.max(figure(usage, "total_cputime"), figure(usage, "total_time")));
    }

    private static double figure(JsonNode usage, String field) {
        var value = usage.path(field).asDouble(0);
        return Double.isFinite(value) ? Math.max(0, value) : 0;
    }

    private static GraphUsage usage(double percent, long waitSeconds) {
        var wait = Math.clamp(waitSeconds, 0, WAIT_SECONDS_MAX);
        return percent == 0 && wait == 0 ? GraphUsage.NONE : new GraphUsage(percent, Duration.ofSeconds(wait));
    }

    private static String digits(String id) {
        return id.startsWith(ACCOUNT_PREFIX) ? id.substring(ACCOUNT_PREFIX.length()) : id;
    }

    private static JsonNode json(String value) {
        try {
            return Json.MAPPER.readTree(value);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }
}
