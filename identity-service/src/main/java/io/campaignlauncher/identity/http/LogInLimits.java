package io.campaignlauncher.identity.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * How often somebody may try: by address, and by name, whether anybody has that name or not. An address from which somebody has
 * logged in counts on its own for that name, so whoever tries the name from elsewhere takes no try away from its owner. Nobody is
 * locked out: tries come back with time. In this instance's memory alone: several of them allow several times as many.
 */
final class LogInLimits {

    private final LimitSettings settings;
    private final TimeMeter time;
    private final Cache<String, Bucket> names;
    private final Cache<String, Bucket> addresses;
    /** Buckets of a name at an address from which its owner came before. */
    private final Cache<String, Bucket> familiar;

    LogInLimits(LimitSettings settings, TimeMeter time) {
        this.settings = settings;
        this.time = time;
        names = cache(settings.within());
        addresses = cache(settings.within());
        familiar = cache(settings.familiarFor());
    }

    private Cache<String, Bucket> cache(Duration kept) {
        return Caffeine.newBuilder().maximumSize(settings.remembered()).expireAfterAccess(kept).build();
    }

    /**
     * Takes a try of an address.
     *
     * @throws Problem 429 where none is left
     */
    void admit(String address) {
        take(addresses.get(address, _ -> bucket(settings.addressTries())));
    }

    /**
     * Takes a try of an address and of a name.
     *
     * @throws Problem 429 where one of them has none left
     */
    void admit(String address, String name) {
        admit(address);
        var own = familiar.getIfPresent(key(address, name));
        take(own != null ? own : names.get(name, _ -> bucket(settings.nameTries())));
    }

    /** The name's owner was it: the tries are given back, and the address is familiar from now on. */
    void succeeded(String address, String name) {
        addresses.get(address, _ -> bucket(settings.addressTries())).addTokens(1);
        var own = familiar.getIfPresent(key(address, name));
        if (own != null) {
            own.addTokens(1);
        } else {
            names.get(name, _ -> bucket(settings.nameTries())).addTokens(1);
            familiar.put(key(address, name), bucket(settings.nameTries()));
        }
    }

    private static String key(String address, String name) {
        return address + " " + name;
    }

    private Bucket bucket(int tries) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(tries).refillGreedy(tries, settings.within()))
                .withCustomTimePrecision(time).build();
    }

    private static void take(Bucket bucket) {
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Problem.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }
}
