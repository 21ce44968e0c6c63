package io.campaignlauncher.console.model;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A kill switch.
 *
 * @param turnedAt empty: a setting says how it stands
 * @param waiting  how many launches wait for it; -1: not told
 */
public record Switch(String name, boolean on, String turnedAt, String turnedBy, String reason, int waiting) {

    private static final int WAITING_MAX = 10_000;

    public static Switch of(JsonNode answer) {
        return new Switch(Launches.text(answer, "name"), answer.path("enabled").asBoolean(true),
                Launches.text(answer, "turnedAt"), Launches.text(answer, "turnedBy"), Launches.text(answer, "reason"),
                answer.path("waiting").asInt(-1));
    }

    /** @param answer of {@code GET /v1/kill-switches} */
    public static List<Switch> all(JsonNode answer) {
        return answer.path("killSwitches").valueStream().map(Switch::of).toList();
    }

    /** How many wait, in words. Empty: not known. */
    public String waits() {
        return waiting < 0 ? ""
                : waiting == 0 ? "Nothing waits yet."
                        : (waiting >= WAITING_MAX ? "At least " : "") + Story.counted(waiting, "launch", "launches")
                                + (waiting == 1 ? " waits." : " wait.");
    }

    /** What goes on all the same. */
    public String goesOn() {
        return switch (name) {
            case "intake" -> "Launches that were accepted before go on.";
            case "creation" -> "What is being made this moment is finished. Checks and taking back go on.";
            case "rollback" -> "Everything else goes on.";
            default -> "";
        };
    }

    /** As people call what it stops. */
    public String label() {
        return label(name);
    }

    static String label(String name) {
        return switch (name) {
            case "intake" -> "New launches";
            case "creation" -> "Creating on Facebook";
            case "rollback" -> "Taking back";
            default -> name;
        };
    }

    /** What waits while it is off. */
    public String meaning() {
        return switch (name) {
            case "intake" -> "Requests are kept and wait; nothing is lost.";
            case "creation" -> "Launches wait before the next thing is made on Facebook.";
            case "rollback" -> "Launches wait before anything is deleted on Facebook.";
            default -> "";
        };
    }
}
