package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.creation.claims.WaitingCommands;
import io.campaignlauncher.creation.graph.CreationWorker;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.messaging.ThrottledWarning;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where commands go that were taken from their topic: begun at once while there is room and nobody waits, else put aside for
 * whichever creator has room first, the most urgent first. For one thread, which it blocks.
 */
final class CommandDispatcher {

    static final int AT_ONCE_MAX = 16;
    static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(25);

    private static final Logger LOG = LoggerFactory.getLogger(CommandDispatcher.class);
    /** Other creators may have put commands aside. */
    private static final Duration POLL_EVERY = Duration.ofMillis(250);

    private final CreationWorker worker;
    private final WaitingCommands waiting;
    private final ThrottledWarning warning;
    private final LookAheadSettings lookAhead;
    private final Clock clock;
    private final int atOnce;
    private final int roundsBeforeNextMax;
    private int aside;
    private List<CreationCommand> unclaimed = List.of();
    private long polledAtNanos;
    private long begunAtNanos = System.nanoTime();
    private Duration lastWait = Duration.ZERO;

    CommandDispatcher(CreationWorker worker, WaitingCommands waiting, CreationSettings settings,
            LookAheadSettings lookAhead,
            Clock clock) {
        this.worker = worker;
        this.waiting = waiting;
        this.lookAhead = lookAhead;
        this.clock = clock;
        this.warning = new ThrottledWarning(LOG, clock);
        this.atOnce = Math.min(AT_ONCE_MAX, settings.commandsAtOnce());
        this.roundsBeforeNextMax = settings.commandsAtOnce() - atOnce;
        this.polledAtNanos = System.nanoTime() - POLL_EVERY.toNanos();
    }

    /** How many commands come together at most. */
    int atOnce() {
        return atOnce;
    }

    /** Whether as many could be begun as come together. */
    boolean hasRoom() {
        return worker.roundsInProgress() <= roundsBeforeNextMax;
    }

    int roundsInProgress() {
        return worker.roundsInProgress();
    }

    /** Whether more may be put aside, and commands wait so long for room that it is worth it. */
    boolean looksAhead() {
        return aside < lookAhead.commandsMax() && (aside > 0 || lastWait.compareTo(lookAhead.after()) >= 0
                || System.nanoTime() - begunAtNanos >= lookAhead.after().toNanos());
    }

    /** @return whether they are begun or put aside, durably; else somebody has to bring them again */
    boolean take(List<CreationCommand> commands) {
        if (commands.isEmpty()) {
            return true;
        }
        return aside == 0 && hasRoom() ? beginAll(commands) : putAside(commands);
    }

    /**
     * Begins with the most urgent of what waits aside, where there is room.
     *
     * @return NONE where nothing waits or there is no room, FAILED where the database does not do its part
     */
    Next next() {
        if (!hasRoom() || aside == 0 && System.nanoTime() - polledAtNanos < POLL_EVERY.toNanos()) {
            return Next.NONE;
        }
        try {
            unclaimed = waiting.take(atOnce);
            aside = unclaimed.isEmpty() ? 0 : Math.max(0, waiting.count() - unclaimed.size());
            polledAtNanos = System.nanoTime();
        } catch (RuntimeException e) {
            warning.warn("cannot poll for creation commands that wait for room", e);
            return Next.FAILED;
        }
        if (unclaimed.isEmpty()) {
            warning.over();
            return Next.NONE;
        }
        if (beginAll(unclaimed)) {
            unclaimed = List.of();
            return Next.BEGUN;
        }
        return Next.FAILED;
    }

    enum Next { BEGUN, NONE, FAILED }

    /** Whether commands could be claimed now. What was taken and not begun can be taken again from then on. */
    boolean isReachable() {
        try {
            worker.claimsReachable().block(CLAIM_TIMEOUT);
            if (!unclaimed.isEmpty()) {
                waiting.giveBack(unclaimed);
                aside += unclaimed.size();
                unclaimed = List.of();
            }
            return true;
        } catch (RuntimeException e) {
            LOG.debug("claims are still out of reach: {}", Reasons.of(e));
            return false;
        }
    }

    private boolean beginAll(List<CreationCommand> commands) {
        try {
            worker.begin(commands).block(CLAIM_TIMEOUT);
            begunAtNanos = System.nanoTime();
            lastWait = longestWait(commands);
            warning.over();
            return true;
        } catch (RuntimeException e) {
            warning.warn("cannot claim " + commands.size() + " creation commands, giving them back", e);
            return false;
        }
    }

    private Duration longestWait(List<CreationCommand> commands) {
        var now = clock.instant();
        return commands.stream().map(command -> Duration.between(command.envelope().time(), now))
                .max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private boolean putAside(List<CreationCommand> commands) {
        try {
            waiting.add(commands);
            aside = waiting.count();
            warning.over();
            return true;
        } catch (RuntimeException e) {
            warning.warn("cannot put " + commands.size() + " creation commands aside, giving them back", e);
            return false;
        }
    }
}
