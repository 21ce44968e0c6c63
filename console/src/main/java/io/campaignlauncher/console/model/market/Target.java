package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be published, and where, with its money and its post.
 *
 * @param content     of now
 * @param reviewUntil until when it is judged, else it is rejected; empty: it is not under review
 * @param money       null: none was held
 * @param post        null: there is none
 */
public record Target(String id, String campaignId, String campaignName, String advertiserId, String status, int version,
        Content content, String rejectReason, String reviewUntil, String updatedAt, @Nullable Money money,
        @Nullable Post post) {

    /** What is held for it. @param since when it is so */
    public record Money(String status, Amount amount, Amount commission, String since) {

        static Money of(JsonNode escrow) {
            return new Money(text(escrow, "status"), Amount.in(escrow, "amount"), Amount.in(escrow, "commission"),
                    text(escrow, "since"));
        }

        public Mark mark() {
            return Mark.ofEscrow(status);
        }

        /** What its publisher gets of it. */
        public Amount share() {
            return amount.minus(commission);
        }

        /** Where the money is. @param launch whether it is for a launch on Facebook */
        public String sentence(boolean launch) {
            return switch (status) {
                case "held" -> amount.shown() + " is held. It is paid once the post was seen, and comes back if there"
                        + " is none.";
                case "released" -> launch ? amount.shown() + " is paid to the marketplace."
                        : share().shown() + " is paid to the publisher" + (commission.isNothing() ? "."
                                : ", " + commission.shown() + " is the commission.");
                case "refunded" -> amount.shown() + " came back to the advertiser's wallet.";
                default -> "";
            };
        }
    }

    /**
     * Its post.
     *
     * @param link        of the post; empty: not known
     * @param doubt       what is known where nobody knows whether it exists; empty: it is known
     * @param launchJobId of a launch on Facebook, once it is begun
     */
    public record Post(String id, String status, String chatId, String messageId, String link, String failure,
            String launchJobId, String doubt, String since) {

        static Post of(JsonNode job) {
            return new Post(text(job, "id"), text(job, "status"), text(job, "chatId"), text(job, "messageId"),
                    text(job, "link"), text(job, "failure"), text(job, "launchJobId"), text(job, "doubt"),
                    text(job, "since"));
        }

        public Mark mark() {
            return isInDoubt() ? new Mark("not known", "?", "warn") : Mark.ofPost(status);
        }

        public boolean isInDoubt() {
            return !doubt.isEmpty();
        }
    }

    /** @param answer a target as the HTTP API shows it */
    public static Target of(JsonNode answer) {
        var escrow = answer.path("escrow");
        var job = answer.path("postJob");
        return new Target(text(answer, "id"), text(answer, "campaignId"), text(answer, "campaignName"),
                text(answer, "advertiserId"), text(answer, "status"), answer.path("version").asInt(0),
                Content.of(answer), text(answer, "rejectReason"), text(answer, "reviewUntil"),
                text(answer, "updatedAt"), escrow.isObject() ? Money.of(escrow) : null,
                job.isObject() ? Post.of(job) : null);
    }

    public Mark mark() {
        return Mark.ofTarget(status);
    }

    public String address() {
        return "/console/market/campaigns/" + campaignId + "/targets/" + id;
    }

    public boolean isSubmitted() {
        return status.equals("submitted");
    }

    /** Whether its advertiser may change it. */
    public boolean isEditable() {
        return status.equals("draft") || status.equals("rejected") || isSubmitted();
    }

    /** Whether it can be handed in, where its campaign is active. */
    public boolean isToHandIn() {
        return status.equals("draft") || status.equals("rejected");
    }

    /** Where it stands, in plain words. */
    public String sentence() {
        return switch (status) {
            case "draft" -> "Only you see it. Hand it in when it is ready.";
            case "submitted" -> "It waits for a moderator.";
            case "rejected" -> "A moderator did not let it pass. Change it and hand it in again.";
            case "approved" -> approved();
            case "posted" -> money != null && money.status().equals("released")
                    ? "It is out, was seen there, and is paid."
                    : "It is out. Its money is paid after one more look.";
            case "refunded" -> "It did not go out, and its money came back.";
            default -> "";
        };
    }

    private String approved() {
        if (post == null || !post.isInDoubt()) {
            return post != null && post.status().equals("posting") ? "It is going out now."
                    : content.postAt().isEmpty() ? "It goes out as soon as it is its turn."
                            : "It goes out at its time, not before.";
        }
        return "Nobody knows whether it is out. Its money stays where it is until that is known.";
    }
}
