package io.campaignlauncher.verification.model;

import io.campaignlauncher.schemas.GraphFault;

/** What came of reading one entity by its id. */
public sealed interface EntityState {

    /** It is there. */
    record Present(ObservedEntity observed) implements EntityState {}

    /** It was there and is deleted or archived. */
    record Gone() implements EntityState {}

    /** Facebook knows no such object: it never existed, or the read lags behind the write. */
    record NotFound() implements EntityState {}

    /** The read failed. */
    record Unreadable(GraphFault fault) implements EntityState {}
}
