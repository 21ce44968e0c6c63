package io.campaignlauncher.access.audit;

import io.campaignlauncher.access.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers refusals that are the same, so that whoever is refused over and over fills no table. In each window of time every kind of
 * refusal is told at most twice: when it was first met, and at the end with how often it came again; and of kinds beyond a bound only how many
 * refusals there were.
 *
 * <p>Safe for use by several threads. Time comes in, in nanoseconds.
 */
final class RefusalTally {

    private final int kindsMax;
    private final long windowNanos;
    private final Map<Refusal, Count> counts = new LinkedHashMap<>();
    private long windowEnd;

    /**
     * What is the same where all of it is.
     *
     * @param status      of the answer
     * @param addressHash in hexadecimal digits; null: of none
     */
    record Refusal(String actor, Set<Role> roles, String tenant, String route, String status,
            @Nullable String addressHash) {

        /** In place of every kind beyond the bound. */
        static final Refusal OTHERS = new Refusal(Audit.NOBODY, Set.of(), Audit.NOBODY, "several", "401 or 403", null);

        byte @Nullable [] address() {
            return addressHash == null ? null : HexFormat.of().parseHex(addressHash);
        }
    }

    /** @param traceId of the first of them */
    record Gathered(Refusal refusal, int times, @Nullable String traceId) {}

    private static final class Count {
        int untold;
        boolean told;
        @Nullable
        String traceId;
    }

    /** @param kindsMax told apart in a window */
    RefusalTally(int kindsMax, Duration window, long now) {
        this.kindsMax = kindsMax;
        windowNanos = window.toNanos();
        windowEnd = now + windowNanos;
    }

    synchronized void add(Refusal refusal, @Nullable String traceId) {
        var kind = counts.containsKey(refusal) || counts.size() < kindsMax ? refusal : Refusal.OTHERS;
        var count = counts.computeIfAbsent(kind, _ -> new Count());
        if (count.untold++ == 0) {
            count.traceId = traceId;
        }
    }

    /** What is to be told now; it is not told again. */
    synchronized List<Gathered> take(long now) {
        boolean over = now - windowEnd >= 0;
        var due = new ArrayList<Gathered>();
        counts.forEach((refusal, count) -> {
            if (count.untold > 0 && (over || !count.told)) {
                due.add(new Gathered(refusal, count.untold, count.traceId));
                count.untold = 0;
                count.told = true;
            }
        });
        if (over) {
            counts.clear();
            windowEnd = now + windowNanos;
        }
        return due;
    }

    /** All that is left, at the end. */
    synchronized List<Gathered> takeAll() {
        return take(windowEnd);
    }
}
