package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import tools.jackson.databind.JsonNode;

/** A post with its money, as those see it who pay for it, or are paid. @param own whether whoever looks pays */
public record Placement(String targetId, String campaignId, boolean own, Content content, Target.Money money,
        Target.Post post) {

    /** @param answer one of {@code GET /api/posts} */
    public static Placement of(JsonNode answer) {
        return new Placement(text(answer, "targetId"), text(answer, "campaignId"),
                answer.path("own").asBoolean(false), Content.of(answer), Target.Money.of(answer.path("escrow")),
                Target.Post.of(answer.path("postJob")));
    }

    public String address() {
        return "/console/market/campaigns/" + campaignId + "/targets/" + targetId;
    }
}
