package io.campaignlauncher.verification.model;

import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses among the errors of one verification. */
final class Faults {

    private static final Comparator<GraphFault> LATEST_RETRY = Comparator
            .comparing(fault -> fault.getRetryAt() == null ? Instant.MIN : fault.getRetryAt());

    private Faults() {}

    /** The one that the whole verification has to wait for: a permanent one, else the longest limit, else the first. */
    static Optional<GraphFault> worst(List<GraphFault> faults) {
        return first(faults, ErrorKind.PERMANENT)
                .or(() -> faults.stream().filter(fault -> fault.getKind() == ErrorKind.RATE_LIMIT).max(LATEST_RETRY))
                .or(() -> faults.stream().findFirst());
    }

    private static Optional<GraphFault> first(List<GraphFault> faults, ErrorKind kind) {
        return faults.stream().filter(fault -> fault.getKind() == kind).findFirst();
    }

    /** What Facebook said; its codes are part of the message. */
    static String reason(GraphFault fault) {
        return fault.getMessage().isBlank() ? "no reason was given" : fault.getMessage().strip();
    }
}
