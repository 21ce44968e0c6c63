package io.campaignlauncher.worker;

import java.util.concurrent.ConcurrentSkipListSet;

/**
 * How far one partition is handled. Records end in any order; what may be committed is the offset before which everything has
 * ended. The polling thread takes records and asks, any thread may end one.
 */
final class PartitionProgress {

    private static final long UNKNOWN = -1;

    private final ConcurrentSkipListSet<Long> open = new ConcurrentSkipListSet<>();
    private long next = UNKNOWN;
    private long committed = UNKNOWN;

    void taken(long offset) {
        open.add(offset);
    }

    /** @param offset of the record that will be read next, once all that were read before are taken */
    void readUpTo(long offset) {
        next = offset;
    }

    void ended(long offset) {
        open.remove(offset);
    }

    /** Whether more has ended than was committed. */
    boolean hasUncommitted() {
        return next != UNKNOWN && watermark() > committed;
    }

    /** Everything before this offset has ended. */
    long watermark() {
        var first = open.higher(UNKNOWN);
        return first == null ? next : first;
    }

    void committed(long offset) {
        committed = offset;
    }

    /** What a restart would read again. */
    long uncommittedSpan() {
        return next == UNKNOWN ? 0 : next - watermark();
    }
}
