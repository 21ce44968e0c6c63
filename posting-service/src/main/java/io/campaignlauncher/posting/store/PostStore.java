package io.campaignlauncher.posting.store;

import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where posts are kept, and who may work on them: what all workers share. Times are its clock's. */
public interface PostStore {

    /** What became of a command. */
    enum Accepted {
        /** It is durable and will be taken up. */
        TAKEN,
        /** A post of this job with another content is there already. The command is of no effect. */
        OTHER_CONTENT
    }

    /**
     * The right to work on one post, and with it on its channel.
     *
     * @param number higher than that of every earlier claim of the channel
     */
    record Claim(long chatId, long number, UUID jobId) {}

    /** The channel was taken by a later claim. Nothing was stored. */
    final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseLost(Claim claim) {
            super("claim " + claim.number() + " of channel " + claim.chatId() + " is over", null, false, false);
        }
    }

    /** Durable once it completes. The same command again changes nothing, and lets all be told anew. */
    Mono<Accepted> accept(PostingCommand command);

    /**
     * Claims the channel of the post that has waited longest among those for which there is something to do. Empty where there is none,
     * or somebody has its channel.
     *
     * @param owner who asks
     * @param lease how long the claim holds
     */
    Mono<Claim> claim(String owner, Duration lease);

    /**
     * Changes a post and its channel in one commit, and renews the lease. A claim whose lease is over may go on where nobody has taken
     * the channel since.
     *
     * @param lease how long the claim holds from now on, if it does not hold longer already
     * @param rule  what they become; may be asked more than once
     * @return as it is then; fails with {@link LeaseLost}
     */
    Mono<PostView> change(Claim claim, Duration lease, Function<PostView, PostChange> rule);

    /** Whether the claim holds just now. */
    Mono<Boolean> holds(Claim claim);

    /**
     * Gives the channel back; of no effect once a later claim has it.
     *
     * @param until when there is something to do for the post; null: never, unless somebody asks
     */
    Mono<Void> release(Claim claim, @Nullable Instant until);

    /** The same where something failed: there is something to do for the post after this pause. Needs to read nothing of it. */
    Mono<Void> postpone(Claim claim, Duration pause);
}
