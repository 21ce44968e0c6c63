package io.campaignlauncher.console.model;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What waits for whoever looks, the most urgent first. @param total as the navigation has it */
public record Matters(String total, List<Matter> all) {

    private static final int TOLD_MAX = 99;

    /**
     * Things of one kind.
     *
     * @param tone  a class of the style sheet
     * @param word  how urgent it is
     * @param count how many
     * @param when  what the times say
     */
    public record Matter(String kind, String title, String sentence, String tone, String shape, String word,
            String count, String when, List<Item> items) {

        public Matter {
            items = List.copyOf(items);
        }
    }

    /** @param href empty: it has no page @param at empty: not known @param side a few words beside it; empty: none */
    public record Item(String name, String href, String detail, String at, String side) {}

    public Matters {
        all = List.copyOf(all);
    }

    /** @param answer of {@code GET /v1/attention} @param market what waits in the marketplace */
    public static Matters of(JsonNode answer, List<Matter> market) {
        var all = new ArrayList<Matter>();
        answer.path("matters").forEach(matter -> all.add(matter(matter)));
        all.addAll(market);
        return new Matters(told(answer.path("total").asInt(0)), all);
    }

    /** As the navigation and the tab have it. @return empty for none */
    public static String told(int total) {
        return total == 0 ? "" : total > TOLD_MAX ? TOLD_MAX + "+" : Integer.toString(total);
    }

    private static Matter matter(JsonNode matter) {
        var kind = Launches.text(matter, "kind");
        var items = matter.path("items").valueStream().map(item -> item(kind, item)).toList();
        var count = matter.path("count").asInt() + (matter.path("more").asBoolean() ? "+" : "");
        return switch (kind) {
            case "switch_off" ->
                now(kind, "Switched off", "Work waits, and nothing is lost. It goes on when the switch is"
                        + " on again.", count, "Since", items);
            case "rollback_decision" ->
                now(kind, "Your decision is asked for", "These launches cannot be completed. Say"
                        + " whether what exists of them is deleted.", count, "Since", items);
            case "left_on_facebook" -> now(kind, "Something is left on Facebook",
                    "These launches ended, and not all that"
                            + " they made could be deleted. Look at the launch, and delete the rest in Ads Manager.",
                    count,
                    "Ended", items);
            case "stuck" ->
                now(kind, "No answer for long", "They ask again by themselves, but nobody has answered them. See"
                        + " whether all services run, and whether Facebook answers.", count, "Last answer", items);
            case "dead_letters" ->
                soon(kind, "Records that were given up", "They could not be handled. Mend what is named,"
                        + " then redrive them.", count, "Oldest", items);
            case "credential" ->
                soon(kind, "Access tokens that end", "Launches with a token that has ended are refused."
                        + " Store a new one under the same name.", count, "Ends, or ended", items);
            case "planned" -> soon(kind, "Planned, and something speaks against it", "The ad account was looked at"
                    + " beforehand. It is looked at once more before the launch begins.", count, "Begins", items);
            case "webhook" ->
                soon(kind, "Webhooks that fail", "The last notification was not taken. It is sent again for a"
                        + " while.", count, "Failed", items);
            default -> soon(kind, "Something else", "This page has no words for it.", count, "Since", items);
        };
    }

    private static Matter now(String kind, String title, String sentence, String count, String when,
            List<Item> items) {
        return new Matter(kind, title, sentence, "bad", "!", "now", count, when, items);
    }

    private static Matter soon(String kind, String title, String sentence, String count, String when,
            List<Item> items) {
        return new Matter(kind, title, sentence, "warn", "▲", "soon", count, when, items);
    }

    private static Item item(String kind, JsonNode item) {
        var id = Launches.text(item, "id");
        var name = Launches.text(item, "name");
        var detail = Launches.text(item, "detail");
        var at = Launches.text(item, "since");
        var count = item.path("count").asInt(-1);
        return switch (kind) {
            case "switch_off" -> new Item(Switch.label(id), "/console/switches",
                    (name.isEmpty() ? "" : "by " + name) + (detail.isEmpty() ? "" : ": " + detail), at,
                    count < 0 ? "" : waiting(count));
            case "dead_letters" -> new Item(name, DeadLetters.Filter.of(id, name, "").address(), detail, at,
                    Integer.toString(count));
            case "credential" -> new Item(id, "", detail, at, "");
            case "webhook" -> new Item(name, "", detail, at, "");
            default -> new Item(name.isEmpty() ? id : name, "/console/jobs/" + id, detail, at, "");
        };
    }

    private static String waiting(int count) {
        return count == 1 ? "1 launch waits" : count + " launches wait";
    }

    /** @param answer of {@code GET /api/admin/moderation/pending} */
    public static List<Matter> pending(JsonNode answer) {
        return market(answer, "moderation", "Placements wait for moderation",
                "Advertisers wait for somebody to approve or reject them.", "calm", "○", "when there is time");
    }

    /** @param answer of {@code GET /api/admin/posts/unknown} */
    public static List<Matter> unknownPosts(JsonNode answer) {
        return market(answer, "unknown_posts", "Posts of which nobody knows whether they are there",
                "Look into the channel, then decide: its money waits for that.", "bad", "!", "now");
    }

    private static List<Matter> market(JsonNode answer, String kind, String title, String sentence, String tone,
            String shape, String word) {
        int count = answer.path("targets").size();
        return count == 0 ? List.of()
                : List.of(new Matter(kind, title, sentence, tone, shape, word,
                        count + (answer.path("next").isString() || answer.path("next").isNumber() ? "+" : ""), "",
                        List.of()));
    }
}
