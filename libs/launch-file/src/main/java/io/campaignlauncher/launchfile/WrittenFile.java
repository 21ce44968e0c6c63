package io.campaignlauncher.launchfile;

import java.util.List;

/**
 * What became of launches that were written as a file.
 *
 * @param rows    one for each ad
 * @param leftOut what no column of such a file can say, as in {@code Spring sale/adSets/0/graphFields/pacing_type},
 *                the first 100
 */
public record WrittenFile(int rows, List<String> leftOut) {

    static final int LEFT_OUT_MAX = 100;

    public WrittenFile {
        leftOut = leftOut.stream().limit(LEFT_OUT_MAX).toList();
    }
}
