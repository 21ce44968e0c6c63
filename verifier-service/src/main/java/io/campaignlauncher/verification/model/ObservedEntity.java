package io.campaignlauncher.verification.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An entity as Facebook shows it.
 *
 * @param id       digits
 * @param name     its name now
 * @param parentId of an ad set its campaign, of an ad its ad set; null: not told, or a campaign
 */
public record ObservedEntity(String id, String name, @Nullable String parentId) {

    /** Ids are numbers too long for arithmetic; the smaller one is in general the older one. */
    static final Comparator<ObservedEntity> BY_ID = Comparator
            .<ObservedEntity>comparingInt(observed -> observed.id().length())
            .thenComparing(ObservedEntity::id);
}
