package io.campaignlauncher.creation.model;

import io.campaignlauncher.schemas.GraphFault;

/** Facebook's answer to one create operation. */
public sealed interface Answer {

    /** An id came back. */
    record Made(String facebookId) implements Answer {}

    /**
     * No id came back.
     *
     * @param fault        says whether the entity may exist all the same
     * @param parentAbsent Facebook does not know an object that the operation names (100/33 or 803)
     */
    record NotMade(GraphFault fault, boolean parentAbsent) implements Answer {}
}
