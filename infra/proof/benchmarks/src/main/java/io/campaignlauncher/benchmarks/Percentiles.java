package io.campaignlauncher.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Durations in ms and what share of them is below which. */
final class Percentiles {

    private final List<Double> sorted;

    Percentiles(List<Double> millis) {
        sorted = new ArrayList<>(millis);
        sorted.sort(null);
    }

    /** The smallest value that at least this share of the values does not exceed (nearest rank). @param share 0 to 1 */
    double at(double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
