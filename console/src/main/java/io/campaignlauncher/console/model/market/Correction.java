package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import tools.jackson.databind.JsonNode;

/** Money that is moved by hand, once a second person agrees. @param approvedBy empty: nobody yet */
public record Correction(String id, String status, String from, String to, Amount amount, String reason,
        String proposedBy, String approvedBy, String createdAt) {

    public static Correction of(JsonNode answer) {
        return new Correction(text(answer, "id"), text(answer, "status"), text(answer, "fromWalletId"),
                text(answer, "toWalletId"), Amount.in(answer, "amount"), text(answer, "reason"),
                text(answer, "proposedBy"), text(answer, "approvedBy"), text(answer, "createdAt"));
    }

    public Mark mark() {
        return Mark.ofCorrection(status);
    }

    /** Whether it waits for a second person, and this one may be it. */
    public boolean isFor(String userId) {
        return status.equals("proposed") && !proposedBy.equals(userId);
    }
}
