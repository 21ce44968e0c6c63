package io.campaignlauncher.creation.claims;

import io.campaignlauncher.creation.model.RoundLimits;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.schemas.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who may create for which job, and with it the first permission to send on its account: what all creators share. */
public interface Claims {

    /**
     * A claim that is asked for.
     *
     * @param notAfter  by the database's clock; later the claim is not given any more; null: no bound
     * @param limits    how long the claim holds, and how long a request of it may take; kept with it, so that every creator
     *     judges it alike
     * @param mutations create operations that the round needs
     * @param cause     the command's envelope, for whoever has to report in the claimant's place
     */
    record Wanted(UUID jobId, int round, String accountId, @Nullable Instant notAfter, RoundLimits limits,
            int mutations, Envelope cause) {}

    /**
     * A claim that was won.
     *
     * @param pausedFor   how long the account is to be left alone; zero: not at all. Then nothing is reserved
     * @param reservation permission to send on the account; none where accounts are not paced
     */
    record Claim(UUID jobId, int round, Duration pausedFor, Reservation reservation) {}

    /** A round whose last report is durable. */
    record Finished(UUID jobId, int round) {}

    /** A round whose worker may send no more, whose requests are over, and which nobody finished. */
    record Expired(UUID jobId, int round, Instant claimedAt, Instant quietAt, Envelope cause) {}

    /**
     * Claims all of these at once; at most one for a job. Durable once it completes.
     *
     * @param claimant names this attempt to claim: repeated with the same name it wins the same claims again, as long as
     *     nobody reported them as interrupted
     * @return the claims won; a round that is missing was claimed by somebody else, or a later one was, or its time was over, or
     *     it may have been claimed before what the database had committed was lost: then it expires like any other claim
     */
    Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted);

    /** Completes where claims could be made now; else fails. */
    Mono<Void> reachable();

    /** Ends these claims. One that was superseded or ended is passed over. */
    Mono<Void> finish(Collection<Finished> rounds);

    /**
     * Finds expired claims that no other sweep is working on, and ends those that were reported.
     *
     * @param report reports one; an error leaves that one for the next sweep
     * @return how many were ended
     */
    Mono<Integer> sweep(Function<Expired, Mono<Void>> report);
}
