package io.campaignlauncher.job.kafka;

import io.campaignlauncher.messaging.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Finds what may be on its way to this instance: what is not known is waited for a little. What was waited for in vain is not, for a
 * while, so that who asks again and again for what is not there holds up nobody.
 */
final class PatientLookup<K, V> {

    private static final Duration IN_VAIN_FOR = Duration.ofSeconds(30);
    private static final int IN_VAIN_MAX = 1_000;

    private final Function<K, Mono<V>> known;
    private final Patience patience = new Patience(Patience.USUAL, Schedulers.parallel());
    private final InstantSource clock;
    /** Until when each is not waited for again. */
    private final Map<K, Instant> inVain = new ConcurrentHashMap<>();

    /** @param known what is known now; empty where it is not */
    PatientLookup(Function<K, Mono<V>> known, InstantSource clock) {
        this.known = known;
        this.clock = clock;
    }

    Mono<V> find(K key) {
        return Mono.defer(() -> {
            var now = Mono.defer(() -> known.apply(key));
            var until = inVain.get(key);
            if (until != null && clock.instant().isBefore(until)) {
                return now;
            }
            return patience.until(now)
                    .doOnNext(_ -> inVain.remove(key))
                    .switchIfEmpty(Mono.fromRunnable(() -> inVain(key)));
        });
    }

    private void inVain(K key) {
        if (inVain.size() >= IN_VAIN_MAX) {
            inVain.clear();
        }
        inVain.put(key, clock.instant().plus(IN_VAIN_FOR));
    }
}
