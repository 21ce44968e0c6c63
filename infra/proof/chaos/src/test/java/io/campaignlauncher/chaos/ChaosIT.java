package io.campaignlauncher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Processes die while launches run. What they wrote is kept where the test fails. */
class ChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void every_launch_ends_with_exactly_what_was_asked_for_or_with_nothing() throws Exception {
        var verdict = new Chaos(Chaos.Settings.bounded(SEED), System.out).run(folder);

        assertThat(verdict.problems()).as("seed " + SEED).isEmpty();
        assertThat(verdict.ends().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
    }
}
