package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A target before a moderator.
 *
 * @param since       the version that it is compared with; null: it is the first one
 * @param differences what changed since then
 * @param decisions   on versions of it, the latest first
 * @param own         whether whoever looks is its advertiser
 */
public record Review(Target target, @Nullable Version since, List<Difference> differences, List<Decision> decisions,
        boolean own) {

    /** A version that was handed in. */
    public record Version(int number, String at, Content content) {}

    /** What was decided on a version. @param own whether by whoever looks */
    public record Decision(int version, boolean approved, String reason, String role, boolean own, String at) {

        private static Decision of(JsonNode answer, String userId) {
            return new Decision(answer.path("version").asInt(0), text(answer, "decision").equals("approved"),
                    text(answer, "reason"), text(answer, "role"), text(answer, "by").equals(userId),
                    text(answer, "at"));
        }

        /** Who decided. */
        public String who() {
            return own ? "you" : role.equals("system") ? "nobody in time" : "another " + role.replace('_', ' ');
        }
    }

    public Review {
        differences = List.copyOf(differences);
        decisions = List.copyOf(decisions);
    }

    /**
     * @param answer  of {@code GET /api/admin/moderation/targets/{targetId}}
     * @param userId  who looks
     * @param seen    the version that they saw before; 0: none
     */
    public static Review of(JsonNode answer, String userId, int seen) {
        var target = Target.of(answer.path("target"));
        var versions = answer.path("versions").valueStream().map(one -> new Version(one.path("version").asInt(0),
                text(one, "at"), Content.of(one))).toList();
        var decisions = answer.path("decisions").valueStream().map(one -> Decision.of(one, userId)).toList();
        var since = since(target, versions, decisions, seen).orElse(null);
        return new Review(target, since,
                since == null ? List.of() : Difference.between(since.content(), target.content()),
                decisions.reversed(), target.advertiserId().equals(userId));
    }

    /** The one that was seen, else the last one that was judged, else the one before. */
    private static Optional<Version> since(Target target, List<Version> versions, List<Decision> decisions, int seen) {
        var earlier = versions.stream().filter(one -> one.number() < target.version()).toList();
        int judged = decisions.stream().filter(one -> one.version() < target.version())
                .mapToInt(Decision::version).max().orElse(0);
        return earlier.stream().filter(one -> one.number() == seen).findFirst()
                .or(() -> earlier.stream().filter(one -> one.number() == judged).findFirst())
                .or(() -> earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.getLast()));
    }

    /** Whether it waits for a decision that this person may make. */
    public boolean isToDecide() {
        return target.isSubmitted() && !own;
    }
}
