package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A campaign with its budget. @param status as the HTTP API writes it */
public record Campaign(String id, String name, String status, Amount total, Amount held, Amount spent,
        String advertiserId, String createdAt) {

    /** What may be done with a campaign. @param verb of the HTTP API @param follows what follows from it */
    public record Change(String verb, String label, String follows, boolean ends) {}

    public static Campaign of(JsonNode answer) {
        return new Campaign(text(answer, "id"), text(answer, "name"), text(answer, "status"),
                Amount.in(answer, "totalBudget"), Amount.in(answer, "held"), Amount.in(answer, "spent"),
                text(answer, "advertiserId"), text(answer, "createdAt"));
    }

    public Mark mark() {
        return Mark.ofCampaign(status);
    }

    public Amount free() {
        return total.minus(held).minus(spent);
    }

    public int spentPercent() {
        return spent.percentOf(total);
    }

    public int heldPercent() {
        return held.percentOf(total);
    }

    /** For whoever does not see the bar. */
    public String budgetInWords() {
        return spent.shown() + " spent, " + held.shown() + " held, " + free().shown() + " free of " + total.shown();
    }

    public boolean isEnded() {
        return status.equals("completed") || status.equals("cancelled");
    }

    /** Where it stands, in one sentence. */
    public String sentence() {
        return switch (status) {
            case "draft" -> "Nothing can be handed in yet: activate the campaign first.";
            case "active" -> "Targets can be handed in, and approved ones are posted.";
            case "paused" -> "No post is begun until it is resumed. What is out is paid all the same.";
            case "completed" -> "It is over, and everything in it was settled.";
            case "cancelled" -> "It was cancelled: what had not gone out came back to the wallet.";
            default -> "";
        };
    }

    /** What its advertiser and admins may do with it now. */
    public List<Change> changes() {
        var cancel = new Change("cancel", "Cancel", "What is under review is rejected, and the money of what has not"
                + " gone out comes back. What is out is paid. This cannot be undone.", true);
        var complete = new Change("complete", "Complete",
                "No target can be added any more. Only where nothing is under review or waits for its post.", true);
        return switch (status) {
            case "draft" -> List.of(new Change("activate", "Activate",
                    "Targets can be handed in from then on. Money is held only when a moderator approves one.", false),
                    cancel);
            case "active" -> List.of(new Change("pause", "Pause",
                    "No post is begun while it is paused. What is under way is finished.", false), complete, cancel);
            case "paused" -> List.of(new Change("resume", "Resume", "Approved posts go out again.", false), complete,
                    cancel);
            default -> List.of();
        };
    }
}
