package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import tools.jackson.databind.JsonNode;

/** A movement on a wallet. @param address of what it was for; empty: nothing that has a page for who looks */
public record Entry(String what, Amount amount, Amount after, String at, String address) {

    public static Entry of(JsonNode answer) {
        var amount = Amount.in(answer, "amount");
        var campaign = text(answer, "campaignId");
        var target = text(answer, "targetId");
        var type = text(answer, "type");
        return new Entry(what(type, amount), amount, Amount.in(answer, "balanceAfter"), text(answer, "createdAt"),
                campaign.isEmpty() || target.isEmpty() || isEarned(type) ? ""
                        : "/console/market/campaigns/" + campaign + "/targets/" + target);
    }

    /** A publisher has no page of somebody else's target. */
    private static boolean isEarned(String type) {
        return type.equals("escrow_release") || type.equals("commission");
    }

    private static String what(String type, Amount amount) {
        return switch (type) {
            case "deposit" -> "Payment received";
            case "escrow_hold" -> "Held for an approved post";
            case "escrow_release" -> "Paid for a post in your channel";
            case "escrow_refund" -> "Came back: the post did not go out";
            case "commission" -> "Commission of the marketplace";
            case "correction" -> amount.comesIn() ? "Correction in your favour" : "Correction";
            default -> "Other";
        };
    }
}
