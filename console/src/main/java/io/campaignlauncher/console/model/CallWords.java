package io.campaignlauncher.console.model;

import tools.jackson.databind.JsonNode;

/** What requests to Facebook are for, in words for people. */
final class CallWords {

    /** It sends what somebody asked for; the others send what a launch needs. */
    private static final String JOB_SERVICE = "job-service";

    private CallWords() {}

    static String what(JsonNode call, CallEntries entries) {
        return switch (Launches.text(call, "purpose")) {
            case "check_account" -> "Check the ad account";
            case "verify" -> "Compare what exists";
            case "create" -> "Create " + entries.things();
            case "delete" -> "Delete " + entries.things();
            case "look" -> look(call, entries);
            default -> entries.isAll("GET") ? "Ask for " + entries.things() : "Change " + entries.things();
        };
    }

    private static String look(JsonNode call, CallEntries entries) {
        if (Launches.text(call, "service").equals(JOB_SERVICE)) {
            return "Look at Facebook";
        }
        return entries.goesTo("{account}/campaigns") ? "Look for the campaign" : "Look at what exists";
    }

    static String by(JsonNode call) {
        var attempt = call.path("attempt").asInt(0);
        var service = Launches.text(call, "service");
        var round = switch (service) {
            case "creator-service" -> "round";
            case "rollback-service" -> "pass";
            default -> "check";
        };
        return lane(service) + (attempt == 0 ? "" : ", " + round + " " + attempt);
    }

    static String lane(String service) {
        return switch (service) {
            case "creator-service" -> "Creating";
            case "verifier-service" -> "Checking";
            case "rollback-service" -> "Taking back";
            case JOB_SERVICE -> "Looking";
            default -> service;
        };
    }
}
