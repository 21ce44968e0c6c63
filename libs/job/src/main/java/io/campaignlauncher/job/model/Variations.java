package io.campaignlauncher.job.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the slots of a launch have of their own.
 *
 * @param adSetName           of each ad set, with its number for {@value #NUMBER}; null: they are named after the campaign
 * @param adName              the same of the ads
 * @param texts               for {@value #TEXT} in the creative, the first in the first ad, and so on, over and over; empty: it is no placeholder
 * @param links               the same for {@value #LINK}
 * @param adSets              of {@link Strategy#AS_LISTED}, in the order of their numbers; else empty
 * @param numberRepeatedNames a name that was given before gets a number; else it is refused
 */
public record Variations(@Nullable String adSetName, @Nullable String adName, List<String> texts, List<String> links,
        List<ListedAdSet> adSets, boolean numberRepeatedNames) {

    public static final Variations NONE = new Variations(null, null, List.of(), List.of(), List.of(), false);
    public static final String NUMBER = "{n}";
    public static final String TEXT = "{text}";
    public static final String LINK = "{link}";

    public Variations {
        texts = List.copyOf(texts);
        links = List.copyOf(links);
        adSets = List.copyOf(adSets);
    }

    /** Ads that are listed, in all. */
    int ads() {
        return adSets.stream().mapToInt(adSet -> adSet.ads().size()).sum();
    }
}
