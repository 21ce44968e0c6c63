package io.campaignlauncher.messaging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * A listener that reads as long as its kill switch is on. Nothing is read before it is known how the switch stands. While it
 * is off, records stay on their topic; switched on again, the listener goes on where it stopped.
 */
public final class SwitchedListener implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchedListener.class);

    private final SmartLifecycle listener;
    private final Readiness readiness;
    private final KillSwitches switches;
    private final KillSwitch which;
    private final Progress progress;
    private @Nullable Disposable following;

    /**
     * @param listener  can be started and stopped again and again
     * @param readiness nothing is read before
     * @param progress  how the listener gets on: it rests while the switch is off
     */
    public SwitchedListener(SmartLifecycle listener, Readiness readiness, KillSwitches switches, KillSwitch which,
            Progress progress) {
        this.listener = listener;
        this.readiness = readiness;
        this.switches = switches;
        this.which = which;
        this.progress = progress;
    }

    /** Returns at once. Starting and stopping may take a while, so they have a thread of their own. */
    @Override
    public synchronized void start() {
        if (following == null) {
            var thread = Schedulers.newSingle("kill-switch-" + which.word(), true);
            following = Disposables.composite(
                    readiness.ready().thenMany(switches.on(which)).publishOn(thread).subscribe(this::turn), thread);
        }
    }

    /** Returns when nothing is being read any more. */
    @Override
    public synchronized void stop() {
        unfollow();
        if (listener.isRunning()) {
            listener.stop();
        }
    }

    @Override
    public synchronized void stop(Runnable callback) {
        unfollow();
        if (listener.isRunning()) {
            listener.stop(callback);
        } else {
            callback.run();
        }
    }

    /** A turn under way holds this object, so it is not cut short. */
    private void unfollow() {
        if (following != null) {
            following.dispose();
            following = null;
        }
    }

    /** Also true while it is switched off: it is at work, waiting. */
    @Override
    public synchronized boolean isRunning() {
        return following != null;
    }

    /** Whether records are being read. */
    public boolean isReading() {
        return listener.isRunning();
    }

    @Override
    public int getPhase() {
        return listener.getPhase();
    }

    private synchronized void turn(boolean on) {
        try {
            if (following != null && on && !listener.isRunning()) {
                progress.made();
                listener.start();
            } else if (following != null && !on) {
                if (listener.isRunning()) {
                    listener.stop();
                }
                progress.rests();
            }
        } catch (RuntimeException e) {
            LOG.error("the kill switch {} is {}, but what it governs does not follow", which.word(), on ? "on" : "off",
                    e);
        }
    }
}
