package io.campaignlauncher.simulator.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Puts newly made objects into the world: labelled, visible when they should be, or, for a silent failure, not at all. */
final class Store {

    private static final int LABELS_PER_OBJECT_MAX = 50;

    private final GraphWorld world;

    Store(GraphWorld world) {
        this.world = world;
    }

    void put(GraphObject object, Context context, Set<GraphObject> labels) {
        boolean below = object.campaign != null && object.campaign.phantom
                || object.adSet != null && object.adSet.phantom;
        object.phantom = below || context.has(FaultEffect.SilentFailure.class);
        if (object.phantom) {
            context.phantoms().put(object.number, object);
            return;
        }
        if (object.creative != null && world.find(object.creative.number) == null) {
            put(object.creative, context, Set.of());
        }
        var lag = context.first(FaultEffect.EdgeLag.class);
        object.onEdgesFrom = context.now().plus(lag == null ? world.rules.edgeLag() : lag.lag());
        var hidden = context.first(FaultEffect.HiddenById.class);
        object.byIdFrom = context.now().plus(hidden == null ? world.rules.hiddenById() : hidden.during());
        var review = context.first(FaultEffect.Reviewed.class);
        var unknown = context.first(FaultEffect.UnknownStatus.class);
        if (review != null) {
            object.oddStatus = review.effectiveStatus();
            object.oddStatusFrom = context.now().plus(review.after());
        } else if (unknown != null) {
            object.oddStatus = unknown.effectiveStatus();
        }
        world.add(object);
        object.label(labels);
        if (object.kind == ObjectKind.CREATIVE) {
            object.account.creativesByFields.merge(object.fields, object,
                    (old, added) -> old.isDeleted() ? added : old);
        }
    }

    /** The labels that {@code adlabels} names, by id or by name; those only named are made. */
    Set<GraphObject> labels(Account account, Inputs inputs, Context context) {
        var labels = new LinkedHashSet<GraphObject>();
        for (var each : checkedLabels(account, inputs)) {
            labels.add(each instanceof GraphObject label ? label : label(account, (String) each, context));
        }
        return labels;
    }

    /**
     * The labels that {@code adlabels} names, as labels where they are given by id and else as names; nothing is made.
     */
    List<Object> checkedLabels(Account account, Inputs inputs) {
        var given = inputs.list("adlabels");
        if (given == null) {
            return List.of();
        }
        if (given.size() > LABELS_PER_OBJECT_MAX) {
            throw GraphRefusal.invalid("An object can have at most " + LABELS_PER_OBJECT_MAX + " labels")
                    .blaming("adlabels");
        }
        List<Object> found = new ArrayList<>();
        for (var each : given) {
            found.add(labelOrName(account, each));
        }
        return found;
    }

    private Object labelOrName(Account account, JsonNode given) {
        var id = given.path("id").asString("");
        if (!id.isEmpty()) {
            var label = world.find(Ids.number(id));
            if (label == null || label.kind != ObjectKind.LABEL || label.account != account || label.isDeleted()) {
                throw GraphRefusal.invalid("The ad label " + id + " does not exist").blaming("adlabels");
            }
            return label;
        }
        var name = given.isString() ? given.asString() : given.path("name").asString("");
        if (name.isEmpty()) {
            throw GraphRefusal.invalid("Each of adlabels needs a name or an id").blaming("adlabels");
        }
        return name;
    }

    GraphObject label(Account account, String name, Context context) {
        var known = account.labelsByName.get(name);
        if (known != null) {
            return known;
        }
        var label = new GraphObject(ObjectKind.LABEL, world.ids.next(), account, null, null, name,
                GraphObject.Status.ACTIVE,
                Map.of(), context.now());
        label.onEdgesFrom = context.now().plus(world.rules.edgeLag());
        world.add(label);
        account.labelsByName.put(name, label);
        return label;
    }
}
