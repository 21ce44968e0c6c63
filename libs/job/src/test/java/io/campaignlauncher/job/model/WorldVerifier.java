package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A verifier as the contract describes it: "not found" counts only where reads cannot lag behind any more. */
final class WorldVerifier {

    private final WorldTime time;
    private final WorldFacebook facebook;
    private final LaunchPlan plan;
    private final List<MediaFile> media;

    /** @param media what the launch names */
    WorldVerifier(WorldTime time, WorldFacebook facebook, LaunchPlan plan, List<MediaFile> media) {
        this.media = media;
        this.time = time;
        this.facebook = facebook;
        this.plan = plan;
    }

    PreVerificationReport check(int attempt) {
        if (time.wrong(0.7)) {
            return Samples.checked(attempt, VerificationOutcome.INCONCLUSIVE,
                    time.coin() ? Samples.NETWORK : Samples.limited(time.now().plus(time.upTo(Duration.ofMinutes(3)))));
        }
        if (!media.isEmpty() && time.wrong(3)) {
            return new PreVerificationReport(attempt, VerificationOutcome.INCONCLUSIVE, List.of(), 3, 5000,
                    Fault.temporary("a video is encoded"), 210, 2, WorldStart.TIME_ZONE, List.of(),
                    time.now().plus(time.upTo(Duration.ofMinutes(1))));
        }
        return time.wrong(0.1)
                ? Samples.checked(attempt, VerificationOutcome.REFUSED, null,
                        new Check("account_active", Check.Outcome.FAILED, "The account is disabled."))
                : passed(attempt, time.wrong(0.2) ? null : WorldStart.TIME_ZONE);
    }

    /** Now and then it says nothing of what the launch names, as one of an older version. */
    private PreVerificationReport passed(int attempt, @Nullable String timeZone) {
        var ready = media.stream()
                .map(file -> new MediaFile(file.reference(), file.type(), file.facebookId(), "https://cdn/1.jpg"))
                .toList();
        return new PreVerificationReport(attempt, VerificationOutcome.PASSED, List.of(), 3, 5000, null, 210, 2,
                timeZone, time.wrong(0.2) ? List.of() : ready, null);
    }

    /** Reads now; the report reaches the consumer after the reads are done. @param known ids of the slots that are filled */
    void verify(int attempt, @Nullable Instant conclusiveFrom, Map<SlotId, String> known,
            Consumer<VerificationReport> reports) {
        var report = time.wrong(0.7)
                ? Samples.unread(attempt, time.coin() ? Samples.NETWORK
                        : Samples.limited(time.now().plus(time.upTo(Duration.ofMinutes(3)))), null)
                : compare(attempt, conclusiveFrom, known);
        time.after(time.upTo(Duration.ofSeconds(3)), () -> reports.accept(report));
    }

    private VerificationReport compare(int attempt, @Nullable Instant conclusiveFrom, Map<SlotId, String> known) {
        var conclusive = conclusiveFrom == null || !time.now().isBefore(conclusiveFrom);
        var visible = facebook.visible();
        var missing = new ArrayList<SlotId>();
        var unknown = new ArrayList<FoundEntity>();
        var held = new HashSet<String>();
        var parents = new HashMap<SlotId, String>();
        var inTree = new HashSet<String>();
        for (var planned : plan.slots()) {
            var slot = planned.id();
            var parent = parentOf(planned, parents);
            var id = known.get(slot);
            var thing = id == null ? null : facebook.visible(id);
            var inPlace = slot.type() == EntityType.CAMPAIGN
                    || thing != null && parent != null && parent.equals(thing.parentId());
            if (thing != null && inPlace) {
                held.add(id);
                parents.put(slot, id);
                continue;
            }
            var other = visible.stream().filter(seen -> seen.slot().equals(slot) && !seen.id().equals(id)
                    && (slot.type() == EntityType.CAMPAIGN || parent != null && parent.equals(seen.parentId())))
                    .findFirst();
            other.ifPresent(seen -> parents.put(slot, seen.id()));
            if (id != null || other.isEmpty()) {
                missing.add(slot);
            }
        }
        parents.values().forEach(inTree::add);
        for (var seen : visible) {
            var belongs = seen.slot().type() == EntityType.CAMPAIGN || inTree.contains(seen.parentId())
                    || visible.stream().anyMatch(mother -> mother.id().equals(seen.parentId())
                            && inTree.contains(mother.parentId()));
            if (belongs && !held.contains(seen.id())) {
                var inPlace = seen.slot().type() == EntityType.CAMPAIGN || seen.parentId() != null
                        && seen.parentId().equals(parentOf(plan.slots().get(plan.indexOf(seen.slot())), parents));
                unknown.add(seen.found(inPlace ? seen.slot() : new SlotId(seen.slot().type(), 0)));
            }
        }
        if (!missing.isEmpty() && !conclusive) {
            return new VerificationReport(attempt, VerificationOutcome.INCONCLUSIVE, List.of(), List.of(), 0, 0, 0,
                    time.now(),
                    conclusiveFrom, null, 5, 1);
        }
        return new VerificationReport(attempt,
                missing.isEmpty() && unknown.isEmpty() ? VerificationOutcome.PASSED : VerificationOutcome.REFUSED,
                missing,
                unknown, 0, 0, 0, time.now(), null, null, 5, 1);
    }

    private static @Nullable String parentOf(PlannedSlot planned, Map<SlotId, String> parents) {
        return switch (planned.id().type()) {
            case CAMPAIGN -> null;
            case AD_SET -> parents.get(SlotId.CAMPAIGN);
            case AD -> parents.get(new SlotId(EntityType.AD_SET, planned.adSetNumber()));
        };
    }
}
