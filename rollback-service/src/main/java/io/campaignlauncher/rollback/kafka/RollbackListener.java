package io.campaignlauncher.rollback.kafka;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads deletion requests as long as its kill switch is on ({@code true}: it runs). While it is off the requests stay on the
 * topic; switched on again, it goes on where it stopped.
 */
public final class RollbackListener implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RollbackListener.class);

    private final SmartLifecycle listener;
    private boolean enabled;
    private boolean started;

    RollbackListener(SmartLifecycle listener, boolean enabled) {
        this.listener = listener;
        this.enabled = enabled;
    }

    /** Turns the kill switch; returns when nothing is being read any more, or reading has begun. Also before and after a start. */
    public synchronized void enable(boolean newEnabled) {
        if (enabled != newEnabled) {
            LOG.warn("Rollback is switched {}", newEnabled ? "on" : "off: deletion requests wait");
        }
        enabled = newEnabled;
        adjust();
    }

    public synchronized boolean isEnabled() {
        return enabled;
    }

    @Override
    public synchronized void start() {
        started = true;
        if (!enabled) {
            LOG.warn("Rollback is switched off: deletion requests wait");
        }
        adjust();
    }

    @Override
    public synchronized void stop() {
        started = false;
        adjust();
    }

    /** Also true while it is switched off: it is at work, waiting. */
    @Override
    public synchronized boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return listener.getPhase();
    }

    private void adjust() {
        var wanted = started && enabled;
        if (wanted && !listener.isRunning()) {
            listener.start();
        } else if (!wanted && listener.isRunning()) {
            listener.stop();
        }
    }
}
