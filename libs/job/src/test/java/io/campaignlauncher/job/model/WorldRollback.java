package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A rollback service as the contract describes it: reads, keeps contents, deletes children first; gone is gone. */
final class WorldRollback {

    private static final Comparator<FoundEntity> CHILDREN_FIRST = Comparator
            .comparing((FoundEntity entity) -> entity.slot().type()).reversed();

    private final WorldTime time;
    private final WorldFacebook facebook;
    private final Consumer<JobCommand> reports;

    WorldRollback(WorldTime time, WorldFacebook facebook, Consumer<JobCommand> reports) {
        this.time = time;
        this.facebook = facebook;
        this.reports = reports;
    }

    /** @param known entities that slots hold or held, and those that Facebook only said are deleted */
    void run(int pass, DeletionReason reason, List<FoundEntity> surplus, List<FoundEntity> known) {
        if (time.wrong(0.5)) {
            reports.accept(new JobCommand.RecordDeletion(
                    new DeletionReport(pass, List.of(), List.of(), RoundEnd.DONE, null, Samples.NETWORK, null, 0, 1,
                            Set.of())));
            return;
        }
        var targets = new LinkedHashMap<String, FoundEntity>();
        switch (reason) {
            case SURPLUS -> surplus.forEach(entity -> targets.put(entity.facebookId(), entity));
            case ROLLBACK -> {
                known.forEach(entity -> targets.put(entity.facebookId(), entity));
                facebook.visible().forEach(thing -> targets.putIfAbsent(thing.id(), thing.found()));
            }
        }
        var readAt = time.now();
        var found = targets.keySet().stream().filter(id -> facebook.visible(id) != null).collect(Collectors.toSet());
        if (!found.isEmpty()) {
            reports.accept(new JobCommand.RecordSnapshots(pass, targets.values().stream()
                    .filter(entity -> found.contains(entity.facebookId()))
                    .map(entity -> new Snapshot(entity, "{}"))
                    .toList()));
        }
        time.after(time.upTo(Duration.ofSeconds(4)), () -> delete(pass, targets, found, readAt));
    }

    private void delete(int pass, Map<String, FoundEntity> targets, Set<String> found, Instant readAt) {
        var gone = new ArrayList<FoundEntity>();
        var unconfirmed = new HashSet<String>();
        var left = new ArrayList<UndeletedEntity>();
        for (var entity : targets.values().stream().sorted(CHILDREN_FIRST).toList()) {
            if (time.wrong(0.2)) {
                var until = time.now().plus(time.upTo(Duration.ofMinutes(5)));
                reports.accept(new JobCommand.RecordDeletion(new DeletionReport(pass, gone, left, RoundEnd.RATE_LIMITED,
                        until, Samples.limited(until), readAt, found.size(), 1, unconfirmed)));
                return;
            }
            if (!facebook.exists(entity.facebookId())) {
                gone.add(entity);
                if (found.contains(entity.facebookId())) {
                    unconfirmed.add(entity.facebookId());
                }
            } else if (time.wrong(0.5)
                    || left.stream().anyMatch(other -> other.entity().slot().type() != entity.slot().type())) {
                left.add(new UndeletedEntity(entity, Samples.NETWORK));
            } else {
                if (!time.wrong(1)) { // else Facebook says yes and does nothing
                    facebook.delete(entity.facebookId());
                }
                gone.add(entity);
                unconfirmed.add(entity.facebookId());
            }
        }
        if (!time.wrong(0.3)) { // else it dies before it can tell, and the command is delivered again
            reports.accept(new JobCommand.RecordDeletion(new DeletionReport(pass, gone, left, RoundEnd.DONE, null, null,
                    readAt, found.size(), 1, unconfirmed)));
        }
    }
}
