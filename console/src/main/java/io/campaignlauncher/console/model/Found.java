package io.campaignlauncher.console.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a text may mean. @param problem why nobody can tell; null: there is none */
public record Found(String text, List<Match> matches, @Nullable Problem problem) {

    /**
     * Launches that it leads to for one reason.
     *
     * @param reason in words
     * @param list   address of all of them; empty: there is one
     */
    public record Match(String reason, List<Row> rows, boolean more, String list) {

        public Match {
            rows = List.copyOf(rows);
        }

        private String leadsTo() {
            return rows.size() == 1 && !more ? "/console/jobs/" + rows.getFirst().jobId() : list;
        }
    }

    /** One launch. @param name, account empty: its request waits, and is no launch yet */
    public record Row(String jobId, String name, State state, String userId, String account, String createdAt) {

        public String shownName() {
            return Launches.shownName(name, jobId);
        }
    }

    public Found {
        matches = List.copyOf(matches);
    }

    /** @param answer of {@code GET /v1/search} */
    public static Found of(JsonNode answer, String text) {
        return new Found(text, answer.path("matches").valueStream().map(Found::match).toList(), null);
    }

    public static Found nothing(String text, @Nullable Problem problem) {
        return new Found(text, List.of(), problem);
    }

    private static Match match(JsonNode match) {
        var filter = Launches.text(match, "filter");
        var value = Launches.text(match, "value");
        return new Match(reason(Launches.text(match, "kind"), value, match.path("entity")),
                match.path("jobs").valueStream().map(Found::row).toList(), match.path("more").asBoolean(false),
                filter.isEmpty() ? "" : LaunchFilter.NONE.with(filter, value).address());
    }

    private static Row row(JsonNode job) {
        return new Row(Launches.text(job, "jobId"), Launches.text(job, "campaignName"),
                State.of(Launches.text(job, "status")), Launches.text(job, "userId"), Launches.text(job, "adAccountId"),
                Launches.text(job, "createdAt"));
    }

    private static String reason(String kind, String value, JsonNode entity) {
        return switch (kind) {
            case "job_id" -> "The launch with this id";
            case "number" -> "Launch number " + value;
            case "facebook_id" -> "It made this on Facebook: " + entity(entity);
            case "idempotency_key" -> "Asked for with this idempotency key";
            case "campaign_name" -> "The campaign's name begins so";
            case "ad_account" -> "On ad account " + value;
            case "user" -> "For this user";
            case "error_code" -> "Met Facebook's error " + value;
            case "credential" -> "With this credential";
            default -> "It has to do with it";
        };
    }

    private static String entity(JsonNode entity) {
        var type = Launches.text(entity, "entityType").replace('_', ' ');
        var name = Launches.text(entity, "name");
        return (type.isEmpty() ? "an entity" : "the " + type) + (name.isEmpty() ? "" : " “" + name + "”");
    }

    /** Where there is but one thing that it may mean: the launch, or the list of those that it means. */
    public Optional<String> leadsTo() {
        var addresses = matches.stream().map(Match::leadsTo).distinct().toList();
        return addresses.size() == 1 ? Optional.of(addresses.getFirst()) : Optional.empty();
    }
}
