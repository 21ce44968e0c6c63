package io.campaignlauncher.launchfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A campaign with its ad sets, in the order of their first rows. */
final class CampaignDraft {

    private final String name;
    private final Draft draft;
    private final List<AdSetDraft> adSets = new ArrayList<>();
    private final Map<String, List<AdSetDraft>> byName = new HashMap<>();

    CampaignDraft(String name, int row) {
        this.name = name;
        this.draft = new Draft(Column.Level.CAMPAIGN, row);
    }

    String name() {
        return name;
    }

    Draft draft() {
        return draft;
    }

    List<AdSetDraft> adSets() {
        return adSets;
    }

    /** Those of a name; several where they say different things. */
    List<AdSetDraft> adSets(String adSetName) {
        return byName.getOrDefault(adSetName, List.of());
    }

    AdSetDraft addAdSet(String adSetName, int row) {
        var adSet = new AdSetDraft(adSetName, row);
        adSets.add(adSet);
        byName.computeIfAbsent(adSetName, _ -> new ArrayList<>()).add(adSet);
        return adSet;
    }

    Stream<AdDraft> ads() {
        return adSets.stream().flatMap(adSet -> adSet.ads().stream());
    }
}
