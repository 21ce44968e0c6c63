package io.campaignlauncher.rollback.model;

import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityRoom;
import io.campaignlauncher.schemas.EntitySnapshot;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.KeptName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pass deletes, in order: ads, then ad sets, then campaigns. Because a parent takes its children along, a parent
 * stays as long as something below it must: what is not the job's, or what could not be read and so not be kept.
 *
 * @param phases    what to delete, one list after the other
 * @param gone      of the job and deleted already
 * @param withheld  of the job and left alone, with the reason
 * @param snapshots the last content of what is deleted, as far as it could be read
 * @param found     ids of the job's entities that exist
 * @param leftOut   how many of those found are in none of the lists, because a report has room for so many only: what is not
 *                  deleted yet is for the next pass, as is what it is in
 */
public record DeletionPlan(List<List<Entity>> phases, List<Entity> gone, List<Withheld> withheld,
        List<EntitySnapshot> snapshots, Set<String> found, int leftOut) {

    /** How many entities a pass deletes: more than a job has slots, so that most need no second one. */
    public static final int DELETIONS_MAX = 500;

    /** Of all entities that a report names. The largest record has room beside it for what its faults say. */
    private static final int BYTES_MAX = 780 * 1024;

    private static final GraphFault NOT_OURS_BELOW = permanent(
            "It also holds ad sets or ads that are not this job's, which would go with it.");
    private static final GraphFault NOT_OURS = permanent(
            "Its name or label is not the one expected: it may not be this job's.");

    /** An entity that is left alone, and why. */
    public record Withheld(Entity entity, GraphFault fault) {}

    /**
     * Everything of the job. What a read by id did not find is deleted all the same: the read may lag.
     *
     * @param deletionsMax how many entities to delete at most
     */
    public static DeletionPlan rollback(List<Candidate> candidates, Map<String, EntityState> states,
            int deletionsMax) {
        var draft = new Draft();
        for (var candidate : candidates) {
            if (!candidate.ours()) {
                draft.obstacles.add(new Obstacle(candidate, NOT_OURS_BELOW));
                continue;
            }
            switch (states.get(candidate.id())) {
                case EntityState.Present present -> draft.delete(candidate, present);
                case EntityState.Gone _ -> draft.gone.add(candidate.entity());
                case EntityState.NotFound _ -> draft.delete(candidate);
                case EntityState.Unreadable(var fault) when fault.getKind() == ErrorKind.PERMANENT ->
                    draft.delete(candidate);
                case EntityState.Unreadable(var fault) -> draft.withhold(candidate, fault);
                case null -> throw new IllegalArgumentException("not read: " + candidate.id());
            }
        }
        return draft.plan(deletionsMax);
    }

    /**
     * Exactly these entities, each only if it is what the request takes it for, and what is the job's below them.
     *
     * @param below        what is in them
     * @param deletionsMax how many entities to delete at most
     */
    public static DeletionPlan surplus(List<Entity> entities, List<Candidate> below,
            Map<String, EntityState> states, int deletionsMax) {
        var draft = new Draft();
        var named = entities.stream().map(Entity::getFacebookId).collect(Collectors.toSet());
        below.stream().filter(candidate -> !named.contains(candidate.id())).forEach(
                candidate -> draft.belowSurplus(candidate, states));
        for (var entity : entities) {
            var candidate = Candidate.known(entity);
            switch (states.get(entity.getFacebookId())) {
                case EntityState.Present present when isExpected(entity, present) -> draft.delete(candidate, present);
                case EntityState.Present present -> draft.withhold(candidate.as(present), NOT_OURS);
                case EntityState.Gone _ -> draft.gone.add(entity);
                case EntityState.NotFound _ -> draft.gone.add(entity);
                case EntityState.Unreadable(var fault) -> draft.withhold(candidate, fault);
                case null -> throw new IllegalArgumentException("not read: " + entity.getFacebookId());
            }
        }
        return draft.plan(deletionsMax);
    }

    private static boolean isExpected(Entity entity, EntityState.Present present) {
        return KeptName.same(present.name(), entity.getName())
                && (entity.getEntityType() != EntityType.CAMPAIGN || present.labelled());
    }

    private static GraphFault permanent(String message) {
        return GraphFault.newBuilder().setKind(ErrorKind.PERMANENT).setMessage(message).build();
    }

    /** Something that has to stay, and with it everything it is in. @param fault null: it is for the next pass */
    private record Obstacle(Candidate candidate, @Nullable GraphFault fault) {

        /** An entity whose parent is not known may be below any. */
        boolean isBelow(Candidate parent) {
            return switch (parent.type()) {
                case CAMPAIGN -> candidate.type() != EntityType.CAMPAIGN
                        && (candidate.campaignId() == null || candidate.campaignId().equals(parent.id()));
                case AD_SET -> candidate.type() == EntityType.AD
                        && (candidate.adSetId() == null || candidate.adSetId().equals(parent.id()));
                case AD, UNKNOWN -> false;
            };
        }
    }

    private static final class Draft {

        private final List<Candidate> deletions = new ArrayList<>();
        private final List<Entity> gone = new ArrayList<>();
        private final List<Withheld> withheld = new ArrayList<>();
        private final List<EntitySnapshot> snapshots = new ArrayList<>();
        private final List<Obstacle> obstacles = new ArrayList<>();
        private final Set<String> found = new HashSet<>();
        private int leftOut;

        void belowSurplus(Candidate candidate, Map<String, EntityState> states) {
            if (!candidate.ours()) {
                obstacles.add(new Obstacle(candidate, NOT_OURS_BELOW));
                return;
            }
            switch (states.get(candidate.id())) {
                case EntityState.Present present -> delete(candidate, present);
                case EntityState.Gone _ -> {
                    // Not reported: the request does not name it.
                }
                case EntityState.NotFound _ -> delete(candidate);
                case EntityState.Unreadable(var fault) -> withhold(candidate, fault);
                case null -> throw new IllegalArgumentException("not read: " + candidate.id());
            }
        }

        void delete(Candidate candidate, EntityState.Present present) {
            var read = candidate.as(present);
            found.add(candidate.id());
            deletions.add(read);
            snapshots.add(new EntitySnapshot(read.entity(), present.content()));
        }

        void delete(Candidate candidate) {
            if (candidate.onEdge()) {
                found.add(candidate.id());
            }
            deletions.add(candidate);
        }

        void withhold(Candidate candidate, GraphFault fault) {
            found.add(candidate.id());
            withheld.add(new Withheld(candidate.entity(), fault));
            obstacles.add(new Obstacle(candidate, fault));
        }

        DeletionPlan plan(int deletionsMax) {
            var goneRoom = new EntityRoom(Integer.MAX_VALUE, BYTES_MAX - EntityRoom.BYTES_MAX);
            var namedGone = gone.stream().filter(goneRoom::takes).toList();
            var room = new EntityRoom(deletionsMax, goneRoom.bytesLeft());
            var phases = Stream.of(EntityType.AD, EntityType.AD_SET, EntityType.CAMPAIGN)
                    .map(type -> phase(type, room)).toList();
            var thisPass = phases.stream().flatMap(List::stream).map(Entity::getFacebookId).collect(Collectors.toSet());
            var withheldRoom = new EntityRoom(EntityRoom.ENTITIES_MAX, EntityRoom.BYTES_MAX);
            var namedWithheld = withheld.stream().filter(one -> withheldRoom.takes(one.entity())).toList();
            return new DeletionPlan(phases, namedGone, namedWithheld,
                    snapshots.stream().filter(kept -> thisPass.contains(kept.getEntity().getFacebookId())).toList(),
                    Set.copyOf(found), leftOut + withheld.size() - namedWithheld.size());
        }

        /** Called from the bottom up: a parent that has to stay keeps its own parent. */
        private List<Entity> phase(EntityType type, EntityRoom room) {
            var phase = new ArrayList<Entity>();
            for (var candidate : deletions) {
                if (candidate.type() == type) {
                    var obstacle = obstacleBelow(candidate);
                    if (obstacle.isEmpty() && room.takes(candidate.entity())) {
                        phase.add(candidate.entity());
                    } else {
                        keep(candidate, obstacle.map(Obstacle::fault).orElse(null));
                    }
                }
            }
            return List.copyOf(phase);
        }

        private void keep(Candidate candidate, @Nullable GraphFault fault) {
            obstacles.add(new Obstacle(candidate, fault));
            if (fault == null) {
                leftOut++;
            } else {
                withheld.add(new Withheld(candidate.entity(), fault));
            }
        }

        private Optional<Obstacle> obstacleBelow(Candidate parent) {
            return obstacles.stream().filter(obstacle -> obstacle.isBelow(parent)).findFirst();
        }
    }
}
