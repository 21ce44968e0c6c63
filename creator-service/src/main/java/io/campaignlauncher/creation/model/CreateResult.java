package io.campaignlauncher.creation.model;

import io.campaignlauncher.schemas.GraphFault;

/** What came of one create operation. */
public sealed interface CreateResult {

    /** Facebook answered with an id. */
    record Made(String facebookId) implements CreateResult {}

    /**
     * No id came.
     *
     * @param fault        says whether the entity may exist all the same
     * @param parentAbsent Facebook does not know an object that the operation names (100/33 or 803)
     */
    record NotMade(GraphFault fault, boolean parentAbsent) implements CreateResult {}
}
