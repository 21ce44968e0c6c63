package io.campaignlauncher.simulator.core;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Updates, labels put on and taken off, and deletion of stored objects. */
final class Changes {

    private static final Set<String> ALWAYS_EDITABLE = Set.of("name", "status", "access_token", "execution_options",
            "fields",
            "method");

    private final GraphWorld world;
    private final Store store;
    private final ParsedJson json;

    Changes(GraphWorld world, Store store, ParsedJson json) {
        this.world = world;
        this.store = store;
        this.json = json;
    }

    ObjectNode update(Call call, GraphObject object, Context context) {
        var inputs = new Inputs(call.parameters(), json);
        var status = object.kind == ObjectKind.LABEL || object.kind == ObjectKind.CREATIVE ? object.status
                : Statuses.onUpdate(inputs, object.status);
        checkEditable(object, inputs, status);
        if (inputs.has("daily_budget") || inputs.has("lifetime_budget")) {
            var billing = object.fields.getOrDefault("billing_event", Json.text("IMPRESSIONS")).asString("");
            Budgets.check(object.account, inputs.money("daily_budget"), inputs.money("lifetime_budget"), Budgets.least(
                    object.account, billing));
        }
        store.checkedLabels(object.account, inputs);
        if (inputs.validateOnly() || context.has(FaultEffect.SilentFailure.class)) {
            return Json.success();
        }
        if (status == GraphObject.Status.DELETED && object.status != status) {
            world.delete(object, context.now());
            return Json.success();
        }
        var name = inputs.text("name");
        if (name != null && !name.isBlank()) {
            world.rename(object, name.strip());
        }
        world.changeStatus(object, status);
        object.change(inputs.stored(NodeFields.of(object.kind)));
        if (inputs.has("adlabels")) {
            object.label(store.labels(object.account, inputs, context));
        }
        object.updatedTime = context.now();
        return Json.success();
    }

    private static void checkEditable(GraphObject object, Inputs inputs, GraphObject.Status status) {
        if (!object.isDeleted() && !object.isArchived()) {
            return;
        }
        boolean onlyName = inputs.values.keySet().stream().allMatch(ALWAYS_EDITABLE::contains);
        boolean revived = status != object.status && !(object.isArchived() && status == GraphObject.Status.DELETED);
        if (!onlyName || revived) {
            throw GraphRefusal.invalid(1487056, "Cannot edit an archived or deleted " + object.kind.words(),
                    "The " + object.kind.words() + " has been archived or deleted. Only its name can be changed.");
        }
    }

    /** A second deletion of one object answers 100/33, as for one that never was (graph-api.md 1.3 allows either). */
    ObjectNode delete(GraphObject object, Context context) {
        if (object.isDeleted()) {
            throw GraphRefusal.noSuchObject("DELETE", object.id());
        }
        if (!context.has(FaultEffect.SilentFailure.class)) {
            world.delete(object, context.now());
        }
        return Json.success();
    }

    ObjectNode addLabels(Call call, GraphObject object, Context context) {
        checkEditable(object, new Inputs(call.parameters(), json), object.status);
        var all = new LinkedHashSet<>(object.labels());
        all.addAll(store.labels(object.account, new Inputs(call.parameters(), json), context));
        object.label(all);
        return Json.success();
    }

    /** Takes off the labels named, or all where none is. */
    ObjectNode removeLabels(Call call, GraphObject object, Context context) {
        var inputs = new Inputs(call.parameters(), json);
        var rest = new LinkedHashSet<>(object.labels());
        if (inputs.has("adlabels")) {
            rest.removeAll(store.labels(object.account, inputs, context));
        } else {
            rest.clear();
        }
        object.label(rest);
        return Json.success();
    }
}
