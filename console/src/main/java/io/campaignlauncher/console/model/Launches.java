package io.campaignlauncher.console.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of the list.
 *
 * @param status that is asked for; empty: any
 * @param userId whose are asked for; empty: anybody's
 * @param after  where this page begins; empty: it is the first
 * @param next   what the next page begins after; null: this is the last one
 */
public record Launches(List<Row> rows, String status, String userId, String after, @Nullable String next) {

    /** One launch. @param number a short one for people; empty: none yet */
    public record Row(String jobId, String number, String name, State state, boolean asksForDecision, String userId,
            String account, Bar adSets, Bar ads, String createdAt) {}

    public Launches {
        rows = List.copyOf(rows);
    }

    /** @param answer of {@code GET /v1/jobs} */
    public static Launches of(JsonNode answer, String status, String userId, String after) {
        var rows = answer.path("jobs").valueStream().map(Launches::row).toList();
        var next = answer.path("next");
        return new Launches(rows, status, userId, after, next.isNumber() ? next.asString() : null);
    }

    private static Row row(JsonNode job) {
        return new Row(job.path("jobId").asString(""), text(job, "number"), text(job, "campaignName"),
                State.of(job.path("status").asString("")),
                job.path("rollback").path("awaitingConfirmation").asBoolean(false), text(job, "userId"),
                text(job, "adAccountId"), bar(job, "adSets", "Ad sets"), bar(job, "ads", "Ads"),
                text(job, "createdAt"));
    }

    static Bar bar(JsonNode job, String kind, String label) {
        return new Bar(kind, label, job.path("created").path(kind).asInt(0), job.path("requested").path(kind).asInt(0));
    }

    /** Empty where there is none. */
    static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isNull() || value.isMissingNode() ? "" : value.asString();
    }

    /** The query of the next page; empty: this is the last one. */
    public String older() {
        return next == null ? "" : "?status=" + encoded(status) + "&userId=" + encoded(userId) + "&after=" + next;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether something on it goes on. */
    public boolean isLive() {
        return rows.stream().anyMatch(row -> !row.state().isEnd());
    }

    public boolean isFiltered() {
        return !status.isEmpty() || !userId.isEmpty();
    }
}
