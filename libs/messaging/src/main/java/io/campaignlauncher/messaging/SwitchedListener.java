package io.campaignlauncher.messaging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * A listener that reads as long as it may: its kill switch is on, the access tokens that it needs can be read. Nothing is read before
 * that is known. While it may not, records stay on their topic; when it may again, the listener goes on where it stopped.
 */
public final class SwitchedListener implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchedListener.class);

    private final SmartLifecycle listener;
    private final Readiness readiness;
    private final String name;
    private final Flux<Boolean> may;
    private final Progress progress;
    private @Nullable Disposable following;

    /**
     * @param listener  can be started and stopped again and again
     * @param readiness nothing is read before
     * @param name      what it reads, for the log
     * @param may       whether it may read, now and as it changes
     * @param progress  how the listener gets on: it rests while it may not read
     */
    public SwitchedListener(SmartLifecycle listener, Readiness readiness, String name, Flux<Boolean> may,
            Progress progress) {
        this.listener = listener;
        this.readiness = readiness;
        this.name = name;
        this.may = may;
        this.progress = progress;
    }

    /** One that needs access tokens: it reads while the kill switch is on and tokens can be read. */
    public static SwitchedListener ofTokens(SmartLifecycle listener, Readiness readiness, AccessTokens tokens,
            KillSwitches switches, KillSwitch which, Progress progress) {
        return new SwitchedListener(listener, readiness, which.wireName(), Flux.combineLatest(switches.on(which),
                tokens.readable(), (on, readable) -> on && readable), progress);
    }

    /**
     * One that writes or reads what services sign. Where that is asked for it works only while its key is known to be the others':
     * with another one it would give up all that they have written, and they all that it writes.
     */
    public static SmartLifecycle ofSigned(SmartLifecycle listener, Readiness readiness, AccessTokens tokens,
            ServiceSeal seal, String name, Progress progress) {
        return seal.isRequired() ? new SwitchedListener(listener, readiness, name, tokens.readable(), progress)
                : listener;
    }

    /** Returns at once. Starting and stopping may take a while, so they have a thread of their own. */
    @Override
    public synchronized void start() {
        if (following == null) {
            var thread = Schedulers.newSingle("switch-" + name, true);
            following = Disposables.composite(
                    readiness.ready().thenMany(may).distinctUntilChanged().publishOn(thread).subscribe(this::turn),
                    thread);
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

    /** Also true while it may not read: it is at work, waiting. */
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
            LOG.error("{} is switched {}, but its listener does not follow", name, on ? "on" : "off", e);
        }
    }
}
