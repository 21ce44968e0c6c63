package io.campaignlauncher.job.axon;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that were decided on last, so that their events are not read again for the next decision. However many there are, it
 * keeps only so many, and none for longer than it is of use. What another instance has appended meanwhile it does not know:
 * {@link JobAggregate} finds that out.
 */
final class RecentJobs implements Cache {

    /** Longer than a job waits for an answer, as a rule. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> jobs;

    /** @param most how many jobs it keeps, 1 or more */
    RecentJobs(int most, MeterRegistry meters) {
        jobs = Caffeine.newBuilder().maximumSize(most).expireAfterAccess(KEPT_FOR).recordStats().build();
        CaffeineCacheMetrics.monitor(meters, jobs, "jobs");
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> @Nullable V get(K key) {
        return (V) jobs.getIfPresent(key);
    }

    @Override
    public void put(Object key, Object value) {
        jobs.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return jobs.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return jobs.asMap().remove(key) != null;
    }

    @Override
    public boolean containsKey(Object key) {
        return jobs.asMap().containsKey(key);
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("nobody is told of what comes and goes");
    }
}
