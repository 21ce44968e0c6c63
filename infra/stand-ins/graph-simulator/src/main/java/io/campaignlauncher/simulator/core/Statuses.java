package io.campaignlauncher.simulator.core;

import java.util.Set;

/** Which statuses may be set when. */
final class Statuses {

    private static final Set<String> ON_CREATE = Set.of("ACTIVE", "PAUSED");
    private static final Set<String> ON_UPDATE = Set.of("ACTIVE", "PAUSED", "ARCHIVED", "DELETED");

    private Statuses() {}

    static GraphObject.Status onCreate(Inputs inputs, GraphObject.Status otherwise) {
        var value = inputs.oneOf("status", ON_CREATE);
        return value == null ? otherwise : GraphObject.Status.valueOf(value);
    }

    static GraphObject.Status onUpdate(Inputs inputs, GraphObject.Status otherwise) {
        var value = inputs.oneOf("status", ON_UPDATE);
        return value == null ? otherwise : GraphObject.Status.valueOf(value);
    }
}
