package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.FeatureLevel;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How releases get on side by side.
 *
 * @param highest       the highest level of the contract that is written, though every instance may read more: for an update
 *                      that may have to go back
 * @param announceEvery how often an instance says what it reads
 * @param countsFor     how long such a word counts when no other follows
 */
@ConfigurationProperties("launch.feature-level")
record FeatureLevelSettings(@DefaultValue("" + FeatureLevel.WRITTEN) int highest,
        @DefaultValue("10s") Duration announceEvery, @DefaultValue("1m") Duration countsFor) {

    FeatureLevelSettings {
        if (highest < FeatureLevel.FIRST) {
            throw new IllegalArgumentException("launch.feature-level.highest is at least " + FeatureLevel.FIRST);
        }
        if (announceEvery.isNegative() || announceEvery.isZero()
                || countsFor.compareTo(announceEvery.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "launch.feature-level.counts-for is at least twice launch.feature-level.announce-every");
        }
    }

    int bound() {
        return Math.min(highest, FeatureLevel.WRITTEN);
    }
}
