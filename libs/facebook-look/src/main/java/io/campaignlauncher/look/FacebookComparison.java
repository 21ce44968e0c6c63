package io.campaignlauncher.look;

import static io.campaignlauncher.look.FacebookDifference.NOTHING;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.Slot;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.request.SlotSpecs;
import io.campaignlauncher.look.FacebookDifference.Kind;
import io.campaignlauncher.schemas.KeptName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job's slots beside what was seen. Knows nothing but the two.
 *
 * @param slots       in the job's order
 * @param others      what exists and no slot knows
 * @param lagsUntil   until then reads may miss what was created last; null: what was read shows everything
 */
public record FacebookComparison(List<ComparedSlot> slots, List<Other> others, @Nullable Instant lagsUntil) {

    /**
     * A slot beside what was seen of it.
     *
     * @param seen        null: nothing was ever made for it
     * @param differences none: Facebook holds what the slot says, as far as it was read
     */
    public record ComparedSlot(PlannedSlot planned, Slot known, @Nullable Observation seen,
            List<FacebookDifference> differences) {

        public ComparedSlot {
            differences = List.copyOf(differences);
        }
    }

    /** Something that exists and no slot knows. @param hint whether it looks like the job's own work */
    public record Other(ObservedEntity entity, String hint) {}

    public FacebookComparison {
        slots = List.copyOf(slots);
        others = List.copyOf(others);
    }

    /** Compares. */
    public static FacebookComparison of(JobState job, FacebookSnapshot snapshot) {
        var comparing = new Comparing(job, snapshot);
        return new FacebookComparison(comparing.slots(), comparing.others(), comparing.lagsUntil);
    }

    /** All of them, the slots' first. */
    public List<FacebookDifference> differences() {
        return Stream.concat(slots.stream().flatMap(slot -> slot.differences().stream()),
                others.stream().map(other -> new FacebookDifference(Kind.UNKNOWN, wireName(other.entity().type()),
                        other.entity().id(), other.entity().name() + " (" + other.hint() + ")", NOTHING)))
                .toList();
    }

    /** As on every wire. */
    public static String wireName(EntityType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static final class Comparing {

        private static final SlotId CAMPAIGN = new SlotId(EntityType.CAMPAIGN, 1);
        private static final Observation NOT_ASKED = new Observation.Unread("it was not asked for");
        private static final String STATUS = "status";
        private static final String AS_MADE = "PAUSED";

        private final JobState job;
        private final FacebookSnapshot snapshot;
        private final SlotSpecs specs;
        private final @Nullable Instant lagsUntil;

        Comparing(JobState job, FacebookSnapshot snapshot) {
            this.job = job;
            this.snapshot = snapshot;
            this.specs = new SlotSpecs(job.terms().request());
            var readable = job.readableFrom();
            // A completed job was once seen whole.
            this.lagsUntil = readable != null && snapshot.readAt().isBefore(readable)
                    && job.phase() != Phase.COMPLETED ? readable : null;
        }

        List<ComparedSlot> slots() {
            return job.plan().slots().stream().map(planned -> compared(planned, slot(planned.id()))).toList();
        }

        private ComparedSlot compared(PlannedSlot planned, Slot slot) {
            var id = slot.facebookId();
            var seen = id == null ? null : snapshot.byId().getOrDefault(id, NOT_ASKED);
            return new ComparedSlot(planned, slot, seen, id == null || seen == null ? List.of()
                    : new Pair(planned, slot, id).differences(seen));
        }

        private final class Pair {

            private final PlannedSlot planned;
            private final Slot slot;
            private final String id;

            Pair(PlannedSlot planned, Slot slot, String id) {
                this.planned = planned;
                this.slot = slot;
                this.id = id;
            }

            List<FacebookDifference> differences(Observation seen) {
                return switch (seen) {
                    case Observation.Unread _ -> List.of();
                    case Observation.Absent _ -> !slot.filled() ? List.of()
                            : List.of(difference(lagsUntil == null ? Kind.MISSING : Kind.NOT_SHOWN_YET, NOTHING,
                                    planned.name()));
                    case Observation.There(var entity) when !slot.filled() ->
                        List.of(difference(Kind.STILL_THERE, entity.name(), NOTHING));
                    case Observation.There(var entity) -> ofBoth(entity);
                };
            }

            private List<FacebookDifference> ofBoth(ObservedEntity entity) {
                var found = new ArrayList<FacebookDifference>();
                // Facebook trims blanks at both ends.
                if (!entity.name().strip().equals(planned.name().strip())) {
                    found.add(difference(Kind.NAME, entity.name(), planned.name()));
                }
                var parent = parentOf(planned);
                if (parent != null && !entity.parentId().equals(parent)) {
                    found.add(difference(Kind.PARENT, entity.parentId(), parent));
                }
                var status = statusOf(planned.id());
                if (!entity.status().isEmpty() && !entity.status().equals(status)) {
                    found.add(difference(Kind.STATUS, entity.status(), status));
                }
                return found;
            }

            private FacebookDifference difference(Kind kind, String is, String should) {
                return new FacebookDifference(kind, wireName(planned.id().type()) + " " + planned.id().number(), id,
                        is, should);
            }
        }

        private @Nullable String parentOf(PlannedSlot planned) {
            return switch (planned.id().type()) {
                case CAMPAIGN -> null;
                case AD_SET -> slot(CAMPAIGN).facebookId();
                case AD -> slot(new SlotId(EntityType.AD_SET, planned.adSetNumber())).facebookId();
            };
        }

        /** It was made with. */
        private String statusOf(SlotId id) {
            var fields = switch (id.type()) {
                case CAMPAIGN -> job.terms().request().campaign().graphFields();
                case AD_SET -> specs.adSet(id.number()).graphFields();
                case AD -> specs.ad(id.number()).graphFields();
            };
            return "\"ACTIVE\"".equals(fields.get(STATUS)) ? "ACTIVE" : AS_MADE;
        }

        List<Other> others() {
            var known = job.slots().stream().map(Slot::facebookId).filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            Map<String, ObservedEntity> others = new LinkedHashMap<>();
            Stream.concat(snapshot.labelled().stream(), snapshot.inside().stream())
                    .filter(observed -> !known.contains(observed.id()))
                    .forEach(observed -> others.put(observed.id(), observed));
            return others.values().stream().map(entity -> new Other(entity, hint(entity))).toList();
        }

        /** Whether it looks like the job's own work. */
        private String hint(ObservedEntity observed) {
            if (observed.type() == EntityType.CAMPAIGN) {
                return "bears the job's label";
            }
            return job.plan().slots().stream()
                    .filter(planned -> planned.id().type() == observed.type()
                            && KeptName.same(planned.name(), observed.name()))
                    .map(planned -> "named like " + wireName(planned.id().type()) + " " + planned.id().number())
                    .findFirst().orElse("no name of the job's");
        }

        private Slot slot(SlotId id) {
            return Objects.requireNonNull(job.slot(id));
        }
    }
}
