package io.campaignlauncher.chaos;

import io.campaignlauncher.embedded.EmbeddedStandby;
import java.time.Duration;
import java.util.Locale;

/**
 * How the machine of the database is lost: what it had committed last is not on the standby, because for a while that got nothing, and the
 * standby takes over.
 *
 * @param heldBack how long before its end the primary sends nothing to the standby
 * @param silent   whether connections to the primary stay, and nobody answers; else they are refused
 */
record Loss(Waits waits, Duration heldBack, boolean silent) {

    private static final long HELD_BACK_SECONDS = 4;

    /** What waits for the standby. */
    enum Waits {
        /** Nothing: what is published may be forgotten. */
        NOTHING,
        /** The change feed, by {@code synchronized_standby_slots}. */
        FEED,
        /** Each commit, by {@code synchronous_standby_names}, and with it the feed. */
        COMMITS
    }

    /** When, as {@link System#nanoTime} has it, the primary was lost and the standby had taken over. */
    record Moments(long lost, long promoted) {

        Duration untilPromoted() {
            return Duration.ofNanos(promoted - lost);
        }

        Duration until(long later) {
            return Duration.ofNanos(later - lost);
        }
    }

    /** {@code --waits=feed --held-back-seconds=4 --host=killed}. */
    static Loss of(Options options) {
        var waiting = options.text("waits");
        return new Loss(Waits.valueOf((waiting == null ? "feed" : waiting).toUpperCase(Locale.ROOT)),
                options.seconds("held-back-seconds", HELD_BACK_SECONDS), "silent".equals(options.text("host")));
    }

    /** Sets up what waits. @param slot that the standby keeps from then on */
    void prepare(EmbeddedStandby standby, String slot) {
        standby.awaitSynced(slot);
        switch (waits) {
            case NOTHING -> {
            }
            case FEED -> standby.setOnPrimary("synchronized_standby_slots", EmbeddedStandby.NAME);
            case COMMITS -> {
                standby.setOnPrimary("synchronized_standby_slots", EmbeddedStandby.NAME);
                standby.setOnPrimary("synchronous_standby_names", EmbeddedStandby.NAME);
            }
        }
    }

    /** @param begins told when the standby gets nothing more */
    Moments befall(Processes fleet, EmbeddedStandby standby, Runnable begins) throws InterruptedException {
        standby.holdBack();
        begins.run();
        Thread.sleep(heldBack);
        if (silent) {
            fleet.silencePrimary();
        } else {
            fleet.losePrimary();
        }
        var lost = System.nanoTime();
        standby.promote();
        return new Moments(lost, System.nanoTime());
    }

    /** Whether a run with so many problems shows what it has to. */
    boolean isAsExpected(int problems) {
        return problems == 0 == (waits != Waits.NOTHING);
    }
}
