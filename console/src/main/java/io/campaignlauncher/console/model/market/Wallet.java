package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import tools.jackson.databind.JsonNode;

/** A wallet as an admin sees it. @param userId empty: the marketplace's own */
public record Wallet(String id, String userId, String kind, Amount balance) {

    public static Wallet of(JsonNode answer) {
        return new Wallet(text(answer, "id"), text(answer, "userId"), text(answer, "kind"),
                Amount.in(answer, "balance"));
    }

    public boolean isOfUser() {
        return !userId.isEmpty();
    }

    /** Whose it is. */
    public String whose() {
        return switch (kind) {
            case "fees" -> "Commissions of the marketplace";
            case "external" -> "The world outside, where payments come from";
            default -> userId;
        };
    }
}
