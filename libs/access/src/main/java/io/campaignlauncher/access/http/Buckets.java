package io.campaignlauncher.access.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.campaignlauncher.access.model.Quota;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * Who has used how much of a quota, each by a name of their own. In this instance's memory alone, so several instances allow several
 * times as much; of those remembered, whoever was not seen for longest is forgotten first, and then has all of it again.
 */
public final class Buckets {

    private final Quota quota;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    /** @param remembered names at a time, each for the quota's time */
    public Buckets(Quota quota, int remembered) {
        this(quota, remembered, quota.within(), TimeMeter.SYSTEM_NANOTIME);
    }

    /**
     * @param remembered names at a time
     * @param kept       how long a name is remembered that is not seen; at least the quota's time
     */
    public Buckets(Quota quota, int remembered, Duration kept, TimeMeter time) {
        this.quota = quota;
        this.time = time;
        buckets = Caffeine.newBuilder().maximumSize(remembered).expireAfterAccess(kept).build();
    }

    /** @param requests within this time; 0: no limit, so nothing counts @param remembered names at a time */
    public static Optional<Buckets> of(String name, int requests, Duration within, int remembered) {
        return requests == 0 ? Optional.empty()
                : Optional.of(new Buckets(new Quota(name, requests, within), remembered));
    }

    /**
     * Uses one up.
     *
     * @throws HttpProblem 429 where none is left
     */
    public void take(String who) {
        take(who, 1);
    }

    /**
     * Uses some up, or none.
     *
     * @throws HttpProblem 429 where so many are not left
     */
    public void take(String who, int count) {
        var probe = bucket(who).tryConsumeAndReturnRemaining(count);
        if (!probe.isConsumed()) {
            // More than there ever are: never, which nobody can be told.
            var wait = Math.min(probe.getNanosToWaitForRefill(), quota.within().toNanos());
            throw HttpProblem.tooMany(quota, Duration.ofNanos(wait));
        }
    }

    /** One that was used is not counted after all. */
    public void giveBack(String who) {
        giveBack(who, 1);
    }

    public void giveBack(String who, int count) {
        bucket(who).addTokens(count);
    }

    public boolean remembers(String who) {
        return buckets.getIfPresent(who) != null;
    }

    /** From now on, with all of the quota where it was not yet. */
    public void remember(String who) {
        bucket(who);
    }

    /** How many names now. */
    long remembered() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucket(String who) {
        return buckets.get(who, _ -> Bucket.builder()
                .addLimit(limit -> limit.capacity(quota.requests()).refillGreedy(quota.requests(), quota.within()))
                .withCustomTimePrecision(time).build());
    }
}
