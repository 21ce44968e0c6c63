package io.campaignlauncher.console.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of the list.
 *
 * @param newer   address of the page before; empty: this is the first one
 * @param older   address of the page after; empty: this is the last one
 * @param problem why there are none; null: there is none
 */
public record Launches(List<Row> rows, LaunchFilter filter, String newer, String older, @Nullable Problem problem) {

    /** One launch. @param number a short one for people; empty: none yet */
    public record Row(String jobId, String number, String name, State state, boolean asksForDecision, String userId,
            String account, Bar adSets, Bar ads, String createdAt) {

        public String shownName() {
            return Launches.shownName(name, jobId);
        }
    }

    public Launches {
        rows = List.copyOf(rows);
    }

    /** @param answer of {@code GET /v1/jobs} */
    public static Launches of(JsonNode answer, LaunchFilter filter) {
        var rows = answer.path("jobs").valueStream().map(Launches::row).toList();
        return new Launches(rows, filter, beside(answer.path("previous"), filter, "before"),
                beside(answer.path("next"), filter, "after"), null);
    }

    /** What is asked for is not as it should be. */
    public static Launches none(LaunchFilter filter, Problem problem) {
        return new Launches(List.of(), filter, "", "", problem);
    }

    private static String beside(JsonNode number, LaunchFilter filter, String name) {
        return number.isNumber() ? filter.address(Map.of(name, number.asString())) : "";
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
    public static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isNull() || value.isMissingNode() ? "" : value.asString();
    }

    static String shownName(String name, String jobId) {
        return name.isEmpty() ? "Launch " + jobId.substring(0, Math.min(8, jobId.length())) : name;
    }

    /** Of the list with one condition more. */
    public String addressOf(String name, String value) {
        return filter.with(name, value).address();
    }

    /** Whether something on it goes on. */
    public boolean isLive() {
        return rows.stream().anyMatch(row -> !row.state().isEnd());
    }

    /** Whether this is not the first page of all launches. */
    public boolean isPart() {
        return !filter.isEmpty() || !newer.isEmpty();
    }
}
