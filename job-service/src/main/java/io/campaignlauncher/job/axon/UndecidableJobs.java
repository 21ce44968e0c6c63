package io.campaignlauncher.job.axon;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that could not be decided since this process began: told once each, and counted each time, as {@code jobs.undecidable}.
 */
final class UndecidableJobs {

    static final String NAME = "jobs.undecidable";
    private static final Logger LOG = LoggerFactory.getLogger(UndecidableJobs.class);
    private static final int KNOWN_MAX = 10_000;

    private final Counter counter;
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KNOWN_MAX;
        }
    }));

    UndecidableJobs(MeterRegistry meters) {
        counter = Counter.builder(NAME)
                .description("Times that a job could not be decided although the database did its part")
                .register(meters);
    }

    boolean isKnown(String jobId) {
        return known.contains(jobId);
    }

    void add(String jobId, Throwable cause) {
        counter.increment();
        if (known.add(jobId)) {
            LOG.error("job {} cannot be decided; what comes for it is given up until that is mended", jobId, cause);
        }
    }

    void remove(String jobId) {
        if (known.remove(jobId)) {
            LOG.info("job {} can be decided again", jobId);
        }
    }
}
