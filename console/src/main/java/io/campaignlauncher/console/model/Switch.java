package io.campaignlauncher.console.model;

import tools.jackson.databind.JsonNode;

/** A kill switch. @param turnedAt empty: a setting says how it stands */
public record Switch(String name, boolean on, String turnedAt, String turnedBy, String reason) {

    public static Switch of(JsonNode answer) {
        return new Switch(Launches.text(answer, "name"), answer.path("enabled").asBoolean(true),
                Launches.text(answer, "turnedAt"), Launches.text(answer, "turnedBy"), Launches.text(answer, "reason"));
    }

    /** As people call what it stops. */
    public String label() {
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
