package io.campaignlauncher.verification.model;

import io.campaignlauncher.schemas.GraphFault;

/** What came of reading one entity by its id. */
public sealed interface Sighting {

    /** It is there. */
    record Exists(Seen seen) implements Sighting {}

    /** It was there and is deleted or archived. */
    record Gone() implements Sighting {}

    /** Facebook knows no such object: it never existed, or the read lags behind the write. */
    record NotFound() implements Sighting {}

    /** The read failed. */
    record Unreadable(GraphFault fault) implements Sighting {}
}
