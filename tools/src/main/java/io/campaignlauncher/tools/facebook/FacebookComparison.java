package io.campaignlauncher.tools.facebook;

import static io.campaignlauncher.tools.facebook.FacebookDifference.NOTHING;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.Slot;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.tools.facebook.FacebookDifference.Kind;
import io.campaignlauncher.tools.facebook.FacebookSnapshot.ObservedEntity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a job's slots with what was seen. Knows nothing but the two. */
final class FacebookComparison {

    private static final SlotId CAMPAIGN = new SlotId(EntityType.CAMPAIGN, 1);

    private final JobState job;
    private final FacebookSnapshot snapshot;
    private final List<FacebookDifference> found = new ArrayList<>();

    private FacebookComparison(JobState job, FacebookSnapshot snapshot) {
        this.job = job;
        this.snapshot = snapshot;
    }

    static List<FacebookDifference> of(JobState job, FacebookSnapshot snapshot) {
        return new FacebookComparison(job, snapshot).compare();
    }

    private List<FacebookDifference> compare() {
        for (var planned : job.plan().slots()) {
            compare(planned, slot(planned.id()));
        }
        var known = job.slots().stream().map(Slot::facebookId).filter(Objects::nonNull).collect(Collectors.toSet());
        others(known).forEach((id, observed) -> found.add(new FacebookDifference(Kind.UNKNOWN, observed.type(), id,
                observed.name() + hint(observed), NOTHING)));
        return found;
    }

    private void compare(PlannedSlot planned, Slot slot) {
        var id = slot.facebookId();
        if (id == null) {
            return;
        }
        var entity = wireName(planned.id().type()) + " " + planned.id().number();
        var observed = snapshot.byId().get(id);
        if (!slot.filled()) {
            if (observed != null) {
                found.add(new FacebookDifference(Kind.STILL_THERE, entity, id, observed.name(), NOTHING));
            }
            return;
        }
        if (observed == null) {
            found.add(new FacebookDifference(Kind.MISSING, entity, id, NOTHING, planned.name()));
            return;
        }
        // Facebook trims blanks at both ends.
        if (!observed.name().strip().equals(planned.name().strip())) {
            found.add(new FacebookDifference(Kind.NAME, entity, id, observed.name(), planned.name()));
        }
        var parent = parentOf(planned);
        if (parent != null && !observed.parentId().equals(parent)) {
            found.add(new FacebookDifference(Kind.PARENT, entity, id, observed.parentId(), parent));
        }
    }

    private @Nullable String parentOf(PlannedSlot planned) {
        return switch (planned.id().type()) {
            case CAMPAIGN -> null;
            case AD_SET -> slot(CAMPAIGN).facebookId();
            case AD -> slot(new SlotId(EntityType.AD_SET, planned.adSetNumber())).facebookId();
        };
    }

    private Map<String, ObservedEntity> others(Set<String> known) {
        var others = new LinkedHashMap<String, ObservedEntity>();
        snapshot.labelled().stream().filter(observed -> !known.contains(observed.id()))
                .forEach(observed -> others.put(observed.id(),
                        observed));
        snapshot.inside().stream().filter(observed -> !known.contains(observed.id()))
                .forEach(observed -> others.put(observed.id(),
                        observed));
        return others;
    }

    /** Whether it looks like the job's own work. */
    private String hint(ObservedEntity observed) {
        if (observed.type().equals(wireName(EntityType.CAMPAIGN))) {
            return " (bears the job's label)";
        }
        return job.plan().slots().stream()
                .filter(planned -> wireName(planned.id().type()).equals(observed.type())
                        && KeptName.same(planned.name(), observed.name()))
                .map(planned -> " (named like " + wireName(planned.id().type()) + " " + planned.id().number() + ")")
                .findFirst().orElse(" (no name of the job's)");
    }

    private Slot slot(SlotId id) {
        return Objects.requireNonNull(job.slot(id));
    }

    private static String wireName(EntityType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
