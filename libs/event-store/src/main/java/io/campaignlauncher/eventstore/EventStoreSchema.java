package io.campaignlauncher.eventstore;

import java.util.regex.Pattern;

/**
 * Where a service keeps its events: a schema of its database, with the same tables in each.
 *
 * @param name of the schema
 */
public record EventStoreSchema(String name) {

    private static final Pattern PLAIN = Pattern.compile("[a-z_]+");

    /** Of launches. */
    public static final EventStoreSchema LAUNCHES = new EventStoreSchema("event_store");
    /** Of the marketplace. */
    public static final EventStoreSchema MARKETPLACE = new EventStoreSchema("market");

    public EventStoreSchema {
        if (!PLAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("a schema of events is called by a-z and _, not " + name);
        }
    }

    /** The events, one a row. */
    public String events() {
        return name + ".domain_events";
    }

    /** How far the change feed got: one row. */
    public String feedPosition() {
        return name + ".feed_position";
    }
}
