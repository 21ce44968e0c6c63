package io.campaignlauncher.launchfile.sheet;

import java.util.List;

/** Tells a row of headers from any other. */
public interface KnownColumns {

    /** As few may be chance. */
    int HEADERS_MIN = 3;

    /** Above the headers some tools write what a file is, or how it is separated. */
    int ROWS_MAX = 10;

    /** How many of these cells are headers of columns that are known. */
    int count(List<String> cells);
}
