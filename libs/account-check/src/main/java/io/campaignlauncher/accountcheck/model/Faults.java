package io.campaignlauncher.accountcheck.model;

import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the errors of a verification, and chooses among them. */
public final class Faults {

    private static final Comparator<GraphFault> LATEST_RETRY = Comparator
            .comparing(fault -> fault.getRetryAt() == null ? Instant.MIN : fault.getRetryAt());

    private Faults() {}

    /** The one that the whole verification has to wait for: a permanent one, else the longest limit, else the first. */
    public static Optional<GraphFault> worst(List<GraphFault> faults) {
        return first(faults, ErrorKind.PERMANENT)
                .or(() -> faults.stream().filter(fault -> fault.getKind() == ErrorKind.RATE_LIMIT).max(LATEST_RETRY))
                .or(() -> faults.stream().findFirst());
    }

    private static Optional<GraphFault> first(List<GraphFault> faults, ErrorKind kind) {
        return faults.stream().filter(fault -> fault.getKind() == kind).findFirst();
    }

    /** What Facebook said; its codes are part of the message. */
    public static String reason(GraphFault fault) {
        return fault.getMessage().isBlank() ? "no reason was given" : fault.getMessage().strip();
    }

    /** A success whose body is not what was asked for: asked again, it may be. */
    public static GraphFault unreadable(String message) {
        return GraphFault.newBuilder().setKind(ErrorKind.TEMPORARY).setMessage(message).build();
    }
}
