package io.campaignlauncher.job.notify.model;

import io.campaignlauncher.job.model.Fault;
import java.time.Instant;
import java.util.Objects;

/**
 * A fault that a job met.
 *
 * @param lastAt when it met it last
 * @param times  how many events told of it
 */
public record FaultSummary(Fault fault, Instant lastAt, int times) {

    FaultSummary again(Fault latest, Instant at) {
        return new FaultSummary(latest, at, times + 1);
    }

    /** The same but for what differs with every request. */
    boolean isLike(Fault other) {
        return fault.kind() == other.kind() && Objects.equals(fault.code(), other.code())
                && Objects.equals(fault.subcode(), other.subcode())
                && fault.message().equals(other.message());
    }
}
