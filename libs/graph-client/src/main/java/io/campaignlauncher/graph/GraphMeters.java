package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.RequestMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Locale;

/** The meters of requests to the Graph API: see {@link RequestMeters}. */
final class GraphMeters {

    enum Operation {
        GET, POST, UPLOAD, BATCH;

        private final String spanName = "graph " + name().toLowerCase(Locale.ROOT);

        String spanName() {
            return spanName;
        }
    }

    /** What a request came to as a whole; operations inside a batch may have failed all the same. */
    enum Outcome {
        SUCCESS, PERMANENT, RATE_LIMIT, TEMPORARY, TIMED_OUT, NOT_SENT, CIRCUIT_OPEN, CANCELLED
    }

    private final RequestMeters<Operation, Outcome> meters;

    GraphMeters(MeterRegistry registry) {
        meters = new RequestMeters<>(registry, "graph", "the Graph API", Operation.class, Outcome.class,
                EnumSet.of(Outcome.NOT_SENT, Outcome.CIRCUIT_OPEN));
    }

    long nanos() {
        return meters.nanos();
    }

    void record(Operation operation, Outcome outcome, long nanos) {
        meters.record(operation, outcome, nanos);
    }
}
