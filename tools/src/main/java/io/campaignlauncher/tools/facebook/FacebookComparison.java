package io.campaignlauncher.tools.facebook;

import static io.campaignlauncher.tools.facebook.FacebookDifference.NOTHING;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.Slot;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.tools.facebook.FacebookDifference.Kind;
import io.campaignlauncher.tools.facebook.Sight.Seen;
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
    private final Sight sight;
    private final List<FacebookDifference> found = new ArrayList<>();

    private FacebookComparison(JobState job, Sight sight) {
        this.job = job;
        this.sight = sight;
    }

    static List<FacebookDifference> of(JobState job, Sight sight) {
        return new FacebookComparison(job, sight).compare();
    }

    private List<FacebookDifference> compare() {
        for (var planned : job.plan().slots()) {
            compare(planned, slot(planned.id()));
        }
        var known = job.slots().stream().map(Slot::facebookId).filter(Objects::nonNull).collect(Collectors.toSet());
        others(known).forEach((id, seen) -> found.add(new FacebookDifference(Kind.UNKNOWN, seen.type(), id,
                seen.name() + hint(seen), NOTHING)));
        return found;
    }

    private void compare(PlannedSlot planned, Slot slot) {
        var id = slot.facebookId();
        if (id == null) {
            return;
        }
        var entity = wireName(planned.id().type()) + " " + planned.id().number();
        var seen = sight.byId().get(id);
        if (!slot.filled()) {
            if (seen != null) {
                found.add(new FacebookDifference(Kind.STILL_THERE, entity, id, seen.name(), NOTHING));
            }
            return;
        }
        if (seen == null) {
            found.add(new FacebookDifference(Kind.MISSING, entity, id, NOTHING, planned.name()));
            return;
        }
        // Facebook trims blanks at both ends.
        if (!seen.name().strip().equals(planned.name().strip())) {
            found.add(new FacebookDifference(Kind.NAME, entity, id, seen.name(), planned.name()));
        }
        var parent = parentOf(planned);
        if (parent != null && !seen.parentId().equals(parent)) {
            found.add(new FacebookDifference(Kind.PARENT, entity, id, seen.parentId(), parent));
        }
    }

    private @Nullable String parentOf(PlannedSlot planned) {
        return switch (planned.id().type()) {
            case CAMPAIGN -> null;
            case AD_SET -> slot(CAMPAIGN).facebookId();
            case AD -> slot(new SlotId(EntityType.AD_SET, planned.adSetNumber())).facebookId();
        };
    }

    private Map<String, Seen> others(Set<String> known) {
        var others = new LinkedHashMap<String, Seen>();
        sight.labelled().stream().filter(seen -> !known.contains(seen.id())).forEach(seen -> others.put(seen.id(),
                seen));
        sight.inside().stream().filter(seen -> !known.contains(seen.id())).forEach(seen -> others.put(seen.id(),
                seen));
        return others;
    }

    /** Whether it looks like the job's own work. */
    private String hint(Seen seen) {
        if (seen.type().equals(wireName(EntityType.CAMPAIGN))) {
            return " (bears the job's label)";
        }
        return job.plan().slots().stream()
                .filter(planned -> wireName(planned.id().type()).equals(seen.type())
                        && KeptName.same(planned.name(), seen.name()))
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
