package io.campaignlauncher.launchfile;

import java.util.ArrayList;
import java.util.List;

/** An ad set with its ads, in the order of their rows. */
record AdSetDraft(String name, Draft draft, List<AdDraft> ads) {

    AdSetDraft(String name, int row) {
        this(name, new Draft(Column.Level.AD_SET, row), new ArrayList<>());
    }
}
