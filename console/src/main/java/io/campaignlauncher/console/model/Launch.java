package io.campaignlauncher.console.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One launch, now or as it was.
 *
 * @param version      of the last event that is in it; -1: it has not begun
 * @param versionMax   of the last event that there is
 * @param past         whether it is shown as it was
 * @param waitingUntil empty: it waits for nothing
 * @param startAt      when it begins, where somebody planned that; empty: at once
 * @param timeZone     of the ad account; empty: not known yet
 * @param asksFirst    whether somebody is asked before anything of it is deleted
 * @param moments      what happened until then, as far as it is shown
 * @param changes      what the last event changed, by the names of {@link Changes}; of the past alone
 */
public record Launch(String jobId, String name, String userId, String account, State state, String phase, long version,
        long versionMax, boolean past, String at, List<Step> steps, List<Bar> bars, String waitingUntil, int retries,
        int retryBudget, String lastError, List<String> reasons, @Nullable Cancelled cancelled,
        @Nullable Confirmed confirmed, boolean asksForDecision, boolean asksFirst, String startAt, String timeZone,
        String facebookId,
        List<Story.Moment> moments, List<Group> groups, Set<String> changes) {

    /** Of a long history the latest are shown. */
    public static final int MOMENTS_MAX = 200;

    /** Who stopped it, and why. */
    public record Cancelled(String by, String reason) {}

    /** Who wanted it deleted. */
    public record Confirmed(String by) {}

    /** What Facebook was asked for. @param facebookId empty: it is not there */
    public record Slot(String type, int number, String name, State state, String facebookId, boolean outcomeUnknown) {}

    /** An ad set with its ads. @param made how many ads are there */
    public record Group(Slot adSet, List<Slot> ads, int made) {

        public Group {
            ads = List.copyOf(ads);
        }

        /** Whether each of its ads is there for certain, so that none needs words of its own: of a thousand they weigh. */
        public boolean isAllMade() {
            return ads.stream().allMatch(ad -> ad.state() == State.CREATED && !ad.outcomeUnknown());
        }
    }

    public Launch {
        steps = List.copyOf(steps);
        bars = List.copyOf(bars);
        reasons = List.copyOf(reasons);
        moments = List.copyOf(moments);
        groups = List.copyOf(groups);
        changes = Set.copyOf(changes);
    }

    /** The version after which the history is worth asking for; -1: all of it. @param state answer of {@code GET …/state} */
    public static long momentsAfter(JsonNode state) {
        return Math.max(-1, state.path("version").asLong(-1) - MOMENTS_MAX);
    }

    /**
     * As it is now.
     *
     * @param state   answer of {@code GET /v1/jobs/{jobId}/state}
     * @param history answer of {@code GET /v1/jobs/{jobId}/history}, its end
     */
    public static Launch now(JsonNode state, JsonNode history) {
        return of(state, history, state.path("version").asLong(-1), false, Set.of());
    }

    /**
     * As it was.
     *
     * @param before     the state one event earlier
     * @param versionMax of the last event that there is
     */
    public static Launch then(JsonNode state, JsonNode before, JsonNode history, long versionMax) {
        return of(state, history, versionMax, true, Changes.between(before, state));
    }

    private static Launch of(JsonNode state, JsonNode history, long versionMax, boolean past, Set<String> changes) {
        var phase = Launches.text(state, "phase");
        var version = state.path("version").asLong(-1);
        var moments = Story.of(history).stream().filter(moment -> moment.version() <= version).toList();
        var slots = state.path("slots");
        return new Launch(Launches.text(state, "jobId"), Launches.text(state, "campaignName"),
                Launches.text(state, "userId"), Launches.text(state, "adAccountId"),
                State.of(Launches.text(state, "status")), phase, version, Math.max(version, versionMax), past,
                Launches.text(state, "at"), Step.of(phase, furthest(state)), bars(state, slots),
                Launches.text(state, "waitingUntil"), state.path("retryCount").asInt(0),
                state.path("retryBudget").asInt(0), Launches.text(state, "lastError"),
                state.path("reasons").valueStream().map(JsonNode::asString).toList(), cancelled(state),
                confirmed(state), state.path("rollback").path("awaitingConfirmation").asBoolean(false),
                Launches.text(state.path("rollback"), "policy").equals("CONFIRM"),
                Launches.text(state, "startAt"), Launches.text(state, "timeZone"),
                Launches.text(state, "facebookCampaignId"), moments, groups(slots), changes);
    }

    private static int furthest(JsonNode state) {
        var counts = state.path("counts");
        return counts.path("verifications").asInt(0) > 0 ? 3
                : counts.path("creationRounds").asInt(0) > 0 ? 2
                        : counts.path("preVerifications").asInt(0) > 0 ? 1 : 0;
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

    private static @Nullable Confirmed confirmed(JsonNode state) {
        var by = state.path("rollback").path("confirmedBy");
        return by.isString() ? new Confirmed(by.asString()) : null;
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
        return new Slot(Launches.text(slot, "entityType"), slot.path("slotNumber").asInt(0),
                Launches.text(slot, "name"), State.of(Launches.text(slot, "status")),
                Launches.text(slot, "facebookId"), slot.path("outcomeUnknown").asBoolean(false));
    }

    /** Where it stands, in one sentence. */
    public String sentence() {
        return switch (phase) {
            case "absent" -> "It is safe here and begins in a moment.";
            case "pre_verifying" -> "The ad account, the page and the pixel are being checked.";
            case "awaiting_start" -> "It is checked, and begins at its time.";
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
        return Launches.shownName(name, jobId);
    }

    public String address() {
        return "/console/jobs/" + jobId;
    }

    /** Whether a page of it goes on by itself. */
    public boolean isLive() {
        return !past && !state.isEnd();
    }

    /** Whether somebody may still stop it. */
    public boolean canBeStopped() {
        return isLive() && version >= 0 && cancelled == null && !asksForDecision && !phase.equals("rolling_back");
    }

    /** Whether its start may still be moved. */
    public boolean isPlanned() {
        return canBeStopped() && !startAt.isEmpty() && state == State.PENDING;
    }

    /** The start as a clock on the wall of the ad account shows it, as a field for times takes it. Empty: not known. */
    public String startThere() {
        try {
            return startAt.isEmpty() || timeZone.isEmpty() ? ""
                    : LocalDateTime.ofInstant(Instant.parse(startAt), ZoneId.of(timeZone))
                            .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        } catch (DateTimeException e) {
            return "";
        }
    }

    /** What may be decided now: forms with what somebody typed stay as long as it is the same. */
    public String stage() {
        return !isLive() ? "ended"
                : asksForDecision ? "asks" : isPlanned() ? "planned" : canBeStopped() ? "runs" : "ends";
    }

    /** The version of the first moment that is not shown, for who wants to see those before; -1: all are. */
    public long earlier() {
        return moments.isEmpty() ? -1 : moments.getFirst().version() - 1;
    }

    /** Whether the last event changed it. */
    public boolean changed(String what) {
        return changes.contains(what);
    }

    public boolean changed(Slot slot) {
        return changes.contains(Changes.of(slot.type(), slot.number()));
    }

    /** Whether something of it was changed. */
    public boolean changed(Group group) {
        return changed(group.adSet()) || group.ads().stream().anyMatch(this::changed);
    }

    /** Class of what was changed; null: it was not. */
    public @Nullable String mark(String what) {
        return changed(what) ? "changed" : null;
    }

    /** What people decided about it, the latest last. */
    public List<Story.Moment> decided() {
        return moments.stream().filter(Story.Moment::isOfAPerson).toList();
    }

    /** What happened last. Null: nothing yet. */
    public Story.@Nullable Moment moment() {
        return moments.isEmpty() ? null : moments.getLast();
    }
}
