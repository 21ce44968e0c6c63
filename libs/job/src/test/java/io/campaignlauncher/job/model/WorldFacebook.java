package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A little Facebook: entities with parents; reads that lag behind creation; deletion takes the children along. */
final class WorldFacebook {

    record Thing(String id, SlotId slot, @Nullable String parentId, Instant visibleFrom) {

        FoundEntity found() {
            return found(slot);
        }

        FoundEntity found(SlotId as) {
            return new FoundEntity(as, id, slot.toString());
        }
    }

    private final WorldTime time;
    private final Duration readLag;
    private final Map<String, Thing> things = new LinkedHashMap<>();
    private int ids = 1000;
    private int onTheirWay;

    WorldFacebook(WorldTime time, Duration readLag) {
        this.time = time;
        this.readLag = readLag;
    }

    String newId() {
        return "" + ++ids;
    }

    boolean exists(String id) {
        return things.containsKey(id);
    }

    /** @return the id; empty where the parent does not exist */
    Optional<String> create(SlotId slot, @Nullable String parentId) {
        if (parentId != null && !exists(parentId)) {
            return Optional.empty();
        }
        var id = newId();
        things.put(id, new Thing(id, slot, parentId, time.now().plus(time.upTo(readLag))));
        return Optional.of(id);
    }

    /** The request takes effect twice, and at once for every reader. */
    void createTwin(SlotId slot, @Nullable String parentId) {
        var id = newId();
        things.put(id, new Thing(id, slot, parentId, time.now()));
    }

    /** Somebody deletes something by hand. */
    void loseOne() {
        var all = all();
        delete(all.get(time.upTo(all.size())).id());
    }

    /** The request was sent and takes effect later. */
    void createLate(SlotId slot, @Nullable String parentId, Instant latest) {
        onTheirWay++;
        time.at(time.now().plus(time.upTo(Duration.between(time.now(), latest))), () -> {
            onTheirWay--;
            create(slot, parentId);
        });
    }

    /** Something of the job is still to take effect. */
    boolean anythingOnItsWay() {
        return onTheirWay > 0;
    }

    void delete(String id) {
        things.remove(id);
        children(id).forEach(child -> delete(child.id()));
    }

    List<Thing> all() {
        return new ArrayList<>(things.values());
    }

    List<Thing> visible() {
        return things.values().stream().filter(thing -> !thing.visibleFrom().isAfter(time.now())).toList();
    }

    @Nullable
    Thing visible(String id) {
        return visible().stream().filter(thing -> thing.id().equals(id)).findFirst().orElse(null);
    }

    List<Thing> children(String id) {
        return things.values().stream().filter(thing -> id.equals(thing.parentId())).toList();
    }

    boolean mayHold(SlotId slot) {
        return things.values().stream().anyMatch(thing -> thing.slot().equals(slot));
    }
}
