package io.campaignlauncher.console.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One launch, now or as it was.
 *
 * @param version      of the last event that is in it; -1: it has not begun
 * @param versionMax   of the last event that there is
 * @param past         whether it is shown as it was
 * @param waitingUntil empty: it waits for nothing
 * @param moments      what happened until then
 */
public record Launch(String jobId, String name, String userId, String account, State state, String phase, long version,
        long versionMax, boolean past, String at, List<Step> steps, List<Bar> bars, String waitingUntil, int retries,
        int retryBudget, String lastError, List<String> reasons, @Nullable Cancelled cancelled, boolean asksForDecision,
        String facebookId, List<Story.Moment> moments, List<Group> groups) {

    /** Who stopped it, and why. */
    public record Cancelled(String by, String reason) {}

    /** What Facebook was asked for. @param facebookId empty: it is not there */
    public record Slot(int number, String name, State state, String facebookId, boolean outcomeUnknown) {}

    /** An ad set with its ads. @param made how many ads are there */
    public record Group(Slot adSet, List<Slot> ads, int made) {

        public Group {
            ads = List.copyOf(ads);
        }
    }

    public Launch {
        steps = List.copyOf(steps);
        bars = List.copyOf(bars);
        reasons = List.copyOf(reasons);
        moments = List.copyOf(moments);
        groups = List.copyOf(groups);
    }

    /**
     * @param state      answer of {@code GET /v1/jobs/{jobId}/state}
     * @param history    answer of {@code GET /v1/jobs/{jobId}/history}, whole
     * @param past       whether the state is of an earlier time
     */
    public static Launch of(JsonNode state, JsonNode history, boolean past) {
        var phase = Launches.text(state, "phase");
        var version = state.path("version").asLong(-1);
        var all = Story.of(history);
        var moments = all.stream().filter(moment -> moment.version() <= version).toList();
        var slots = state.path("slots");
        return new Launch(Launches.text(state, "jobId"), Launches.text(state, "campaignName"),
                Launches.text(state, "userId"), Launches.text(state, "adAccountId"),
                State.of(Launches.text(state, "status")), phase, version, Math.max(version, all.size() - 1L), past,
                Launches.text(state, "at"), Step.of(phase, furthest(moments)), bars(state, slots),
                Launches.text(state, "waitingUntil"), state.path("retryCount").asInt(0),
                state.path("retryBudget").asInt(0), Launches.text(state, "lastError"),
                state.path("reasons").valueStream().map(JsonNode::asString).toList(), cancelled(state),
                state.path("rollback").path("awaitingConfirmation").asBoolean(false),
                Launches.text(state, "facebookCampaignId"), moments, groups(slots));
    }

    private static int furthest(List<Story.Moment> moments) {
        int furthest = 0;
        for (var moment : moments) {
            furthest = Math.max(furthest, switch (moment.type()) {
                case "PreVerificationRequested" -> 1;
                case "CreationRequested" -> 2;
                case "VerificationRequested" -> 3;
                default -> 0;
            });
        }
        return furthest;
    }

    private static List<Bar> bars(JsonNode state, JsonNode slots) {
        var campaign = slots.valueStream().filter(slot -> Launches.text(slot, "entityType").equals("campaign"))
                .anyMatch(slot -> State.of(Launches.text(slot, "status")) == State.CREATED);
        return List.of(new Bar("campaign", "Campaign", campaign ? 1 : 0, 1), Launches.bar(state, "adSets", "Ad sets"),
                Launches.bar(state, "ads", "Ads"));
    }

    private static @Nullable Cancelled cancelled(JsonNode state) {
        var cancelled = state.path("cancelled");
        return cancelled.isObject()
                ? new Cancelled(Launches.text(cancelled, "by"), Launches.text(cancelled, "reason")) : null;
    }

    private static List<Group> groups(JsonNode slots) {
        Map<Integer, List<Slot>> ads = new LinkedHashMap<>();
        slots.valueStream().filter(slot -> Launches.text(slot, "entityType").equals("ad"))
                .forEach(slot -> ads.computeIfAbsent(slot.path("adSetSlotNumber").asInt(0), _ -> new ArrayList<>())
                        .add(slot(slot)));
        return slots.valueStream().filter(slot -> Launches.text(slot, "entityType").equals("ad_set"))
                .map(Launch::slot)
                .map(adSet -> {
                    var own = ads.getOrDefault(adSet.number(), List.of());
                    return new Group(adSet, own,
                            (int) own.stream().filter(ad -> ad.state() == State.CREATED).count());
                })
                .toList();
    }

    private static Slot slot(JsonNode slot) {
        return new Slot(slot.path("slotNumber").asInt(0), Launches.text(slot, "name"),
                State.of(Launches.text(slot, "status")), Launches.text(slot, "facebookId"),
                slot.path("outcomeUnknown").asBoolean(false));
    }

    /** Where it stands, in one sentence. */
    public String sentence() {
        return switch (phase) {
            case "absent" -> "It is safe here and begins in a moment.";
            case "pre_verifying" -> "The ad account, the page and the pixel are being checked.";
            case "creating" -> "Ad sets and ads are being made on Facebook.";
            case "verifying" -> "Everything is made. What Facebook shows is being compared with what was asked for.";
            case "removing_surplus" -> "More exists than was asked for; what is too much is being removed.";
            case "awaiting_confirmation" -> "It cannot be completed. Decide whether what exists is deleted.";
            case "rolling_back" -> "What exists of it is being deleted on Facebook.";
            case "completed" -> "Exactly what was asked for exists on Facebook, and a look has shown it.";
            case "failed" -> "It did not come to be.";
            case "rolled_back" -> "Nothing of it exists on Facebook any more.";
            default -> "Where it stands is not known to this page.";
        };
    }

    public String shownName() {
        return name.isEmpty() ? "Launch " + jobId.substring(0, Math.min(8, jobId.length())) : name;
    }
}
