package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What happened to a target, in plain words. */
public record Happened(String at, String sentence, String tone) {

    /** What the events about money on the books say is said by those of the escrow. */
    private static final List<String> SAID_ELSEWHERE = List.of("money_moved", "wallet_opened");

    /** @param answer of {@code GET …/targets/{targetId}/history} */
    public static List<Happened> of(JsonNode answer) {
        return answer.path("events").valueStream().filter(one -> !SAID_ELSEWHERE.contains(text(one, "action")))
                .map(one -> new Happened(text(one, "at"), sentence(one), tone(text(one, "action")))).toList();
    }

    private static String sentence(JsonNode of) {
        var version = "version " + text(of, "version");
        return switch (text(of, "action")) {
            case "target_drafted" -> "Drafted, for " + amount(of) + ".";
            case "target_edited" -> "Changed: " + version + ", for " + amount(of) + ".";
            case "target_submitted" -> "Handed in to the moderators as " + version + ".";
            case "moderation_approved" -> "A moderator let " + version + " pass.";
            case "moderation_rejected" -> (text(of, "role").equals("system") ? "Not judged in time"
                    : text(of, "role").equals("advertiser") ? "Rejected with its campaign" : "Rejected by a moderator")
                    + because(of);
            case "escrow_held" -> amount(of) + " was taken from the wallet and is held.";
            case "escrow_released" -> "The money was paid out.";
            case "escrow_refunded" -> "The money came back" + because(of);
            case "post_queued" -> "Its post waits for its turn.";
            case "post_started" -> "The post goes out (attempt " + text(of, "attempt") + ").";
            case "post_outcome_unknown" -> "Nobody knows whether attempt " + text(of, "attempt") + " has posted"
                    + because(of);
            case "post_not_made" -> "Attempt " + text(of, "attempt") + " has certainly not posted" + because(of);
            case "post_published" -> "The post is out; it was read back.";
            case "post_last_look_passed" -> "The last look found the post, once.";
            case "post_missing" -> "The last look did not find the post. A person has to look.";
            case "post_failed" -> "There will be no post" + because(of);
            case "surplus_post_found" -> "A post too many was found; it is being removed.";
            case "surplus_post_suspected" -> "A post may be there although its money came back" + because(of);
            case "unknown_post_decided" -> "A person has looked: "
                    + (of.path("posted").asBoolean(false) ? "the post is there" : "there is no post") + because(of);
            default -> "Something happened that this page has no words for.";
        };
    }

    private static String amount(JsonNode of) {
        return Amount.in(of, "amount").shown();
    }

    private static String because(JsonNode of) {
        var reason = text(of, "reason");
        return reason.isEmpty() ? "." : ": " + reason;
    }

    private static String tone(String action) {
        return switch (action) {
            case "moderation_approved", "post_published", "post_last_look_passed", "escrow_released" -> "good";
            case "moderation_rejected", "post_failed" -> "bad";
            case "post_outcome_unknown", "post_missing", "surplus_post_suspected", "surplus_post_found",
                    "unknown_post_decided" ->
                "warn";
            default -> "calm";
        };
    }
}
