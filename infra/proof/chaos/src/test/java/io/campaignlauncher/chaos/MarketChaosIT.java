package io.campaignlauncher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The marketplace's processes die while people deal and posts go out. What they wrote is kept where the test fails. */
class MarketChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void every_approved_target_is_posted_once_and_paid_or_refunded() throws Exception {
        var verdict = new MarketChaos(MarketChaos.Settings.bounded(SEED), System.out).run(folder);

        assertThat(verdict.problems()).as("seed " + SEED).isEmpty();
        assertThat(verdict.ends().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
        assertThat(verdict.ends()).containsKey("posted released posted");
    }
}
