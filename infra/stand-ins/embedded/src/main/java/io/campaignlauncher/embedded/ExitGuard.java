package io.campaignlauncher.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a server when the JVM ends and its owner did not. The owner's own clean-up runs at the same time, in no order that
 * Java would promise, so the guard first gives it a while: a server that goes too early lets the rest end in errors.
 */
final class ExitGuard {

    private final CountDownLatch closedByOwner = new CountDownLatch(1);
    private final Thread hook;

    private ExitGuard(Runnable close, Duration patience) {
        hook = new Thread(() -> {
            try {
                if (!closedByOwner.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    close.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "embedded-exit-guard");
    }

    /** @param close must do nothing when called a second time */
    static ExitGuard over(Runnable close, Duration patience) {
        var guard = new ExitGuard(close, patience);
        Runtime.getRuntime().addShutdownHook(guard.hook);
        return guard;
    }

    /** The server is closed: nothing is left to guard. */
    void dismiss() {
        closedByOwner.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs by now and finds the latch open.
        }
    }
}
