package io.campaignlauncher.rollback.model;

import io.campaignlauncher.schemas.GraphFault;
import org.jspecify.annotations.Nullable;

/** What came of reading an entity by its id before it is deleted. */
public sealed interface EntityState {

    /**
     * It exists, be it archived.
     *
     * @param content    its fields as Facebook gave them, JSON text
     * @param labelled   it carries the job's label
     * @param campaignId null: not told, or a campaign
     * @param adSetId    null: not told, or no ad
     */
    record Present(String name, String content, boolean labelled, @Nullable String campaignId,
            @Nullable String adSetId) implements EntityState {}

    /** It is deleted. */
    record Gone() implements EntityState {}

    /** Facebook knows no such object: it never existed, or the read lags behind the write. */
    record NotFound() implements EntityState {}

    /** The read failed. */
    record Unreadable(GraphFault fault) implements EntityState {}
}
