package io.campaignlauncher.console.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Records that a service gave up.
 *
 * @param upToDate whether all of them were read since the job-service began
 * @param groups   of the filter; of all where it is empty
 * @param letters  of the filter; none where it is empty
 * @param next     what the next page begins after; null: this is the last one
 */
public record DeadLetters(boolean upToDate, List<Group> groups, List<Letter> letters, Filter filter,
        @Nullable String next) {

    /** By one redrive, as the job-service has it. */
    private static final int REDRIVE_MAX = 500;

    /** Those of one topic that wait for the same reason. */
    public record Group(String topic, String reasonKind, int count, int redrivable, int cameBack, String oldest,
            String newest, String advice) {

        public String address() {
            return Filter.of(topic, reasonKind, "").address();
        }
    }

    /** What is asked for; what is empty does not matter. */
    public record Filter(String topic, String reasonKind, String jobId) {

        public static Filter of(String topic, String reasonKind, String jobId) {
            return new Filter(topic, reasonKind, jobId);
        }

        public boolean isEmpty() {
            return topic.isEmpty() && reasonKind.isEmpty() && jobId.isEmpty();
        }

        public String address() {
            var query = Stream.of(parameter("topic", topic), parameter("reasonKind", reasonKind),
                    parameter("jobId", jobId)).filter(part -> !part.isEmpty()).toList();
            return "/console/dead-letters" + (query.isEmpty() ? "" : "?" + String.join("&", query));
        }

        private static String parameter(String name, String value) {
            return value.isEmpty() ? "" : name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }

    public DeadLetters {
        groups = List.copyOf(groups);
        letters = List.copyOf(letters);
    }

    /** @param answer of {@code GET /v1/dead-letters} */
    public static DeadLetters of(JsonNode answer, Filter filter) {
        var next = answer.path("next");
        return new DeadLetters(answer.path("upToDate").asBoolean(true),
                answer.path("groups").valueStream().map(DeadLetters::group).toList(),
                filter.isEmpty() ? List.of() : answer.path("letters").valueStream().map(Letter::of).toList(), filter,
                next.isNumber() ? next.asString() : null);
    }

    private static Group group(JsonNode group) {
        return new Group(Launches.text(group, "topic"), Launches.text(group, "reasonKind"),
                group.path("count").asInt(), group.path("redrivable").asInt(), group.path("cameBack").asInt(),
                Launches.text(group, "oldest"), Launches.text(group, "newest"), Launches.text(group, "advice"));
    }

    /** How many the filter covers. */
    public int count() {
        return groups.stream().mapToInt(Group::count).sum();
    }

    public boolean canBeRedriven() {
        return groups.stream().anyMatch(group -> group.redrivable() > 0);
    }

    /** Of the button. */
    public String redrive() {
        return count() > REDRIVE_MAX ? "Redrive the first " + REDRIVE_MAX + " of " + count() : "Redrive " + count();
    }

    /** Where the next page is; empty: this is the last one. */
    public String older() {
        return next == null || filter.isEmpty() ? "" : filter.address() + "&after=" + next;
    }

    /** Of the page. */
    public String title() {
        return filter.isEmpty() ? "Dead letters"
                : filter.reasonKind().isEmpty()
                        ? "Dead letters of " + (filter.jobId().isEmpty() ? filter.topic() : "a launch")
                        : filter.reasonKind();
    }
}
