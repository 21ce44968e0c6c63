package io.campaignlauncher.launchfile.sheet;

import java.util.List;

/** Tells a row of headers from any other. */
public interface KnownColumns {

    /** As few may be chance. */
    int HEADERS_MIN = 3;

    /** How many of these cells are headers of columns that are known. */
    int count(List<String> cells);
}
