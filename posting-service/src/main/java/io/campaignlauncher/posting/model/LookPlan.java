package io.campaignlauncher.posting.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the posts of one job are looked for.
 *
 * @param all       all of them; else the first one is enough
 * @param mark      they are above it
 * @param controls  messages that were there: one of them must show before and after what does not show counts
 * @param others    ids that are known to be none of them, and to exist or to have existed
 * @param knownTop  an id that was given away: what is missing below it was deleted, or is not shown
 * @param last      the last id to ask for; null: until so many in a row are missing
 * @param gap       so many
 * @param markerUrl what a post of this job carries
 * @param reads     whether posts are read; else every other post of the bot's is one of this job
 */
public record LookPlan(boolean all, int mark, List<Integer> controls, Set<Integer> others, int knownTop,
        @Nullable Integer last, int gap, String markerUrl, boolean reads) {

    public LookPlan {
        controls = List.copyOf(controls);
        others = Set.copyOf(others);
    }
}
