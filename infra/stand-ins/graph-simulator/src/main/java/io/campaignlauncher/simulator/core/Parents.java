package io.campaignlauncher.simulator.core;

import org.jspecify.annotations.Nullable;

/** Finds the objects that a new one is to hang below, or refers to, as the parameters name them. */
final class Parents {

    private Parents() {}

    /** A campaign or ad set that can still be added to. */
    static GraphObject open(GraphWorld world, Account account, Inputs inputs, Context context, ObjectKind kind,
            String parameter) {
        var id = inputs.required(parameter);
        var found = find(world, context, id);
        if (found == null || found.kind != kind || found.account != account) {
            throw GraphRefusal.noSuchObject("POST", id).blaming(parameter);
        }
        if (found.inheritedStatus().compareTo(GraphObject.Status.ARCHIVED) >= 0) {
            throw GraphRefusal.invalid(1487056, "Cannot edit an archived or deleted " + kind.words(), "The "
                    + kind.words() + " has been archived or deleted, so nothing can be added to it.")
                    .blaming(parameter);
        }
        return found;
    }

    /** An object that is stored, or that an operation of the same call pretended to create. */
    static @Nullable GraphObject find(GraphWorld world, Context context, String id) {
        long number = Ids.number(id);
        return context.phantoms().getOrDefault(number, world.find(number));
    }
}
