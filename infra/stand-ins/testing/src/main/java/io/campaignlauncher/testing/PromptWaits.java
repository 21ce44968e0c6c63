package io.campaignlauncher.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Looks at a condition at once and then often: left to itself Awaitility lets a tenth of a second go by before each look, the first one too. */
public final class PromptWaits implements TestExecutionListener {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    }
}
