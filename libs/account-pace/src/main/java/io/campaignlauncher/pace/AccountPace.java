package io.campaignlauncher.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pace of one ad account, shared by all that create or delete in it: how many changes of the current window are given away.
 * A window ends {@link #WINDOW} after the last of its changes was given away, and the next one begins there, so no
 * rolling second holds changes of two windows, even if each is sent {@link #SEND_WITHIN} late and is {@link #IN_TRANSIT} longer on its
 * way than others. Facebook counts mutations a second by app and account (error 613/5044001), whoever makes them.
 *
 * @param windowEnd null: nothing was ever given away
 * @param used      changes given away in the window that ends then
 */
public record AccountPace(@Nullable Instant windowEnd, int used) {

    /** How late a change may be sent; later than that it needs a new grant. */
    public static final Duration SEND_WITHIN = Duration.ofMillis(150);

    /** How much longer one change may be on its way to Facebook than another. */
    private static final Duration IN_TRANSIT = Duration.ofMillis(100);

    /** From the last change of a window to the first of the next. */
    public static final Duration WINDOW = Duration.ofSeconds(1).plus(SEND_WITHIN).plus(IN_TRANSIT);

    /** Nothing was ever given away. */
    public static final AccountPace FREE = new AccountPace(null, 0);

    /** Permission to send so many changes from a time on, for {@link #SEND_WITHIN}. */
    public record Grant(Duration startsIn, int mutations) {}

    /**
     * @param grants   in the order of time; fewer than wanted where the rest would begin too late
     * @param laterIn  where something was not granted: when it may be asked for again; else zero
     */
    public record Reservation(List<Grant> grants, Duration laterIn) {

        public Reservation {
            grants = List.copyOf(grants);
        }

        /** For a worker that is not paced. */
        public static final Reservation NONE = new Reservation(List.of(), Duration.ZERO);
    }

    /** A reservation and the pace after it. */
    public record Reserved(AccountPace pace, Reservation reservation) {}

    /**
     * @param mutations changes wanted, at least 1
     * @param whole     changes that are sent together. A window with less room than that is passed over: what it has left would be of no
     *     use, and whoever took it would be as much short in the next one
     * @param cap       changes a window, at least 1
     * @param within    a grant that would begin later than this from now is not given
     */
    public Reserved reserve(Instant now, int mutations, int whole, int cap, Duration within) {
        var end = windowEnd;
        var given = used;
        if (end == null || now.isAfter(end)) {
            end = now.plus(WINDOW);
            given = 0;
        }
        var grants = new ArrayList<Grant>();
        var left = mutations;
        while (left > 0) {
            var passedOver = cap - given < Math.min(Math.min(left, whole), cap);
            var opened = passedOver ? end : end.minus(WINDOW);
            var start = opened.isBefore(now) ? now : opened;
            var startsIn = Duration.between(now, start);
            if (startsIn.compareTo(within) > 0) {
                return new Reserved(new AccountPace(end, given), new Reservation(grants, startsIn));
            }
            var before = passedOver ? 0 : given;
            var granted = Math.min(left, cap - before);
            grants.add(new Grant(startsIn, granted));
            given = before + granted;
            left -= granted;
            end = start.plus(WINDOW);
        }
        return new Reserved(new AccountPace(end, given), new Reservation(grants, Duration.ZERO));
    }
}
