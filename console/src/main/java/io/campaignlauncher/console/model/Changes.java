package io.campaignlauncher.console.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What differs between two states of a launch: fields by their names, bars by what they count, slots by type and number. */
final class Changes {

    private static final List<String> FIELDS = List.of("status", "phase", "waitingUntil", "lastError", "reasons",
            "cancelled", "rollback", "startAt", "facebookCampaignId");
    private static final List<String> BARS = List.of("adSets", "ads");

    private Changes() {}

    static Set<String> between(JsonNode before, JsonNode after) {
        var changes = new HashSet<String>();
        FIELDS.stream().filter(field -> differ(before.path(field), after.path(field))).forEach(changes::add);
        BARS.stream().filter(bar -> differ(before.path("created").path(bar), after.path("created").path(bar)))
                .forEach(changes::add);
        var slots = new HashMap<String, JsonNode>();
        before.path("slots").forEach(slot -> slots.put(of(slot), slot));
        after.path("slots").valueStream().filter(slot -> isNews(slots, slot)).map(Changes::of).forEach(changes::add);
        if (changes.contains(of("campaign", 1))) {
            changes.add("campaign");
        }
        return changes;
    }

    /** Before the launch was accepted it had none. */
    private static boolean isNews(Map<String, JsonNode> before, JsonNode slot) {
        var then = before.get(of(slot));
        return then != null && (differ(then.path("status"), slot.path("status"))
                || differ(then.path("facebookId"), slot.path("facebookId"))
                || differ(then.path("outcomeUnknown"), slot.path("outcomeUnknown")));
    }

    private static boolean differ(JsonNode before, JsonNode after) {
        return !(before.isMissingNode() || before.isNull() ? after.isMissingNode() || after.isNull()
                : before.equals(after));
    }

    private static String of(JsonNode slot) {
        return of(Launches.text(slot, "entityType"), slot.path("slotNumber").asInt(0));
    }

    static String of(String type, int number) {
        return type + " " + number;
    }
}
