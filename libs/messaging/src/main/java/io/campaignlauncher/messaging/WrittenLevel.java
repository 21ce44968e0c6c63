package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.FeatureLevel;
import java.util.function.IntSupplier;

/** The level at which this instance writes: the first one, until it has heard what the others read. */
final class WrittenLevel implements IntSupplier {

    private volatile int level = FeatureLevel.FIRST;

    @Override
    public int getAsInt() {
        return level;
    }

    void set(int to) {
        level = to;
    }
}
