package io.campaignlauncher.console.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What happened to a launch, one sentence for each of its events. */
public final class Story {

    private Story() {}

    /**
     * @param version counts the events from 0
     * @param type    of the event, for whoever wants to know
     */
    public record Moment(long version, String at, String sentence, String tone, String type) {

        private static final Set<String> BY_PEOPLE = Set.of("JobCancelled", "LaunchRescheduled", "RollbackDeclined",
                "RollbackStarted");

        boolean isOfAPerson() {
            return BY_PEOPLE.contains(type);
        }
    }

    /** @param history answer of {@code GET /v1/jobs/{jobId}/history} */
    public static List<Moment> of(JsonNode history) {
        return history.path("events").valueStream().map(Story::moment).toList();
    }

    /** @param event one of a history */
    public static Moment moment(JsonNode event) {
        var type = Launches.text(event, "type");
        return new Moment(event.path("version").asLong(0), Launches.text(event, "at"),
                sentence(type, event.path("payload")), tone(type), type);
    }

    static String sentence(String type, JsonNode of) {
        return switch (type) {
            case "JobAccepted" -> "Accepted: 1 campaign, " + counted(of.path("adSets").asInt(), "ad set") + ", "
                    + counted(of.path("ads").asInt(), "ad") + ".";
            case "PreVerificationRequested" -> "The ad account, the page and the pixel are looked at first.";
            case "PreVerificationCompleted" -> switch (Launches.text(of.path("report"), "outcome")) {
                case "PASSED" -> "The account can take this launch.";
                case "REFUSED" -> "The account cannot take this launch.";
                default -> "The account could not be looked at; it is tried again.";
            };
            case "CreationRequested" -> of.path("command").path("lookFirst").asBoolean(false)
                    ? "What exists on Facebook already is read first; then what is missing is made."
                    : "Making begins" + (of.path("command").path("round").asInt() > 1 ? " once more." : ".");
            case "SlotsCreated" -> (of.path("round").asInt() == 0 ? "Found on Facebook: " : "Made: ")
                    + things(of.path("slots")) + ".";
            case "SlotsFailed" -> "Facebook did not make " + things(of.path("slots")) + because(of) + ".";
            case "CreationRoundEnded" -> "The round is over.";
            case "RetryScheduled" -> "Tried again later (retry " + of.path("retryCount").asInt() + ")" + because(of)
                    + ".";
            case "RateLimitReached" -> "Facebook asks us to slow down; it goes on by itself. This costs no retry.";
            case "LookScheduled" -> "Waits a moment before the next look: " + Launches.text(of, "reason");
            case "LaunchScheduled" -> "Planned: it is looked at once more and begins at its time.";
            case "LaunchRescheduled" -> by(of, "userId") + "moved the start to "
                    + (Launches.text(of, "startAt").isEmpty() ? "now" : Launches.text(of, "startAt")) + reason(of)
                    + ".";
            case "VerificationRequested" -> "What Facebook shows is compared with what was asked for.";
            case "VerificationCompleted" -> Launches.text(of.path("report"), "outcome").equals("PASSED")
                    ? "Facebook shows exactly what was asked for."
                    : "Facebook does not show exactly what was asked for yet.";
            case "SlotsReopened" -> things(of.path("slots")) + " did not come to be and will be made again.";
            case "RollbackProposed" -> "It cannot be completed. Somebody has to decide whether what exists is deleted: "
                    + Launches.text(of, "reason");
            case "RollbackDeclined" -> by(of, "userId") + "decided to keep what exists" + reason(of) + ".";
            case "JobCancelled" -> by(of, "userId") + "stopped the launch" + reason(of) + ".";
            case "RollbackStarted" -> of.path("confirmedBy").isString()
                    ? by(of, "confirmedBy") + "decided to delete what exists" + reason(of, "confirmationReason") + "."
                    : "Everything that exists of it is being taken back" + reason(of) + ".";
            case "DeletionRequested" -> "What is to go is deleted on Facebook.";
            case "EntitiesSnapshotted" -> "What is to be deleted was written down first.";
            case "EntitiesDeleted" -> "Deleted, and no longer shown by Facebook: " + things(of.path("entities")) + ".";
            case "DeletionPassEnded" -> of.path("failed").isEmpty() ? "This pass of deleting is over."
                    : counted(of.path("failed").size(), "thing") + " could not be deleted yet.";
            case "JobCompleted" -> "Done: exactly what was asked for exists on Facebook.";
            case "JobFailed" -> of.path("nothingCreated").asBoolean(false) ? "Refused before anything was made."
                    : "Ended; what is left on Facebook stays there.";
            case "JobRolledBack" -> "Taken back: nothing of it exists on Facebook any more.";
            default -> "Something happened that this page has no words for.";
        };
    }

    private static String tone(String type) {
        return switch (type) {
            case "JobCompleted", "SlotsCreated" -> "good";
            case "JobFailed", "SlotsFailed" -> "bad";
            case "RetryScheduled", "RateLimitReached", "LookScheduled", "LaunchScheduled",
                    "RollbackProposed", "JobCancelled" ->
                "warn";
            default -> "calm";
        };
    }

    /** How many of each kind. */
    private static String things(JsonNode slots) {
        var campaigns = ofKind(slots, "campaign");
        var adSets = ofKind(slots, "ad_set");
        var ads = ofKind(slots, "ad");
        var kinds = new ArrayList<String>();
        if (campaigns > 0) {
            kinds.add("the campaign");
        }
        if (adSets > 0) {
            kinds.add(counted(adSets, "ad set"));
        }
        if (ads > 0) {
            kinds.add(counted(ads, "ad"));
        }
        return kinds.isEmpty() ? counted(slots.size(), "thing") : String.join(", ", kinds);
    }

    private static int ofKind(JsonNode slots, String kind) {
        return (int) slots.valueStream()
                .filter(slot -> Launches.text(slot, "entityType").equalsIgnoreCase(kind)).count();
    }

    public static String counted(int count, String noun) {
        return counted(count, noun, noun + "s");
    }

    public static String counted(int count, String one, String many) {
        return count == 1 ? "1 " + one : count + " " + many;
    }

    private static String by(JsonNode of, String field) {
        var who = Launches.text(of, field);
        return (who.isEmpty() ? "Somebody" : who) + " ";
    }

    private static String reason(JsonNode of) {
        return reason(of, "reason");
    }

    private static String reason(JsonNode of, String field) {
        var reason = Launches.text(of, field);
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String because(JsonNode of) {
        var message = Launches.text(of.path("faults").path(0), "message");
        if (message.isEmpty()) {
            message = Launches.text(of.path("fault"), "message");
        }
        return message.isEmpty() ? "" : ", because: " + message;
    }
}
