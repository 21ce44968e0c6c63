package io.campaignlauncher.analytics.model;

import io.campaignlauncher.analytics.model.Fact.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds what the topics tell into figures. The same facts give the same figures, in whatever order jobs mix and however often a
 * fact is told. Of bounded size, whatever comes: of a settled job only its id is kept, of the latest ones.
 *
 * <p>For use by one thread.
 */
public final class Figures {

    /**
     * Bounds of what is remembered. Beyond them the oldest is forgotten.
     *
     * @param underWayMax jobs that have not settled
     * @param settledMax  settled jobs, so that an event of theirs that is repeated is known for one
     * @param requestsMax requests whose job was not accepted yet
     */
    public record Bounds(int underWayMax, int settledMax, int requestsMax) {

        public static final Bounds DEFAULT = new Bounds(100_000, 100_000, 10_000);

        public Bounds {
            if (underWayMax < 1 || settledMax < 1 || requestsMax < 1) {
                throw new IllegalArgumentException("at least one of each is remembered, not " + underWayMax + ", "
                        + settledMax + ", " + requestsMax);
            }
        }
    }

    /** A settled job. @param acceptedAt while its queue time is not known; else null */
    private record Ended(@Nullable Instant acceptedAt) {}

    private final Map<String, JobTrack> underWay;
    private final Map<String, Ended> settled;
    private final Map<String, Instant> requests;
    private final Map<Span, Window> windows = new EnumMap<>(Span.class);
    private final Tally inAll = new Tally();
    private @Nullable Tally sinceLive;
    private long repeated;

    public Figures(Bounds bounds) {
        underWay = remembering(bounds.underWayMax());
        settled = remembering(bounds.settledMax());
        requests = remembering(bounds.requestsMax());
        Arrays.stream(Span.values()).forEach(span -> windows.put(span, new Window(span)));
    }

    /** A request was published. */
    public void requested(String jobId, Instant at) {
        var job = underWay.get(jobId);
        var ended = settled.get(jobId);
        if (job != null && job.acceptedAt != null) {
            if (!job.queueTimeKnown) {
                job.queueTimeKnown = true;
                queued(at, job.acceptedAt);
            }
        } else if (ended != null) {
            if (ended.acceptedAt() != null) {
                settled.put(jobId, new Ended(null));
                queued(at, ended.acceptedAt());
            }
        } else {
            requests.putIfAbsent(jobId, at);
        }
    }

    /** Something happened to a job. @param sequence its place in the job's history, from 0 */
    public void happened(String jobId, long sequence, Instant at, Fact fact) {
        if (settled.containsKey(jobId)) {
            repeated++;
            return;
        }
        var job = underWay.computeIfAbsent(jobId, _ -> new JobTrack());
        if (sequence <= job.lastSequence) {
            repeated++;
            return;
        }
        job.lastSequence = sequence;
        job.take(fact, at, countAt(at));
        if (job.acceptedAt != null && !job.queueTimeKnown) {
            var request = requests.remove(jobId);
            if (request != null) {
                job.queueTimeKnown = true;
                queued(request, job.acceptedAt);
            }
        }
        if (fact instanceof Settled) {
            underWay.remove(jobId);
            settled.put(jobId, new Ended(job.queueTimeKnown ? null : job.acceptedAt));
        }
    }

    /** From now on what is counted is new, and not history that is read again. */
    public void live() {
        if (sinceLive == null) {
            sinceLive = new Tally();
        }
    }

    /** The figures as they are at that time. They do not change any more. */
    public FiguresNow at(Instant now) {
        var spans = new EnumMap<Span, Tally>(Span.class);
        windows.forEach((span, window) -> spans.put(span, window.until(now)));
        return new FiguresNow(spans, copy(inAll), sinceLive == null ? null : copy(sinceLive), underWay.size(),
                repeated);
    }

    private void queued(Instant requestedAt, Instant acceptedAt) {
        countAt(acceptedAt).of(Stage.QUEUE, Duration.between(requestedAt, acceptedAt));
    }

    private JobTrack.Count countAt(Instant at) {
        return new JobTrack.Count() {

            @Override
            public void of(Counted counted, String label, long times) {
                if (times > 0) {
                    everywhere(tally -> tally.add(counted, label, times));
                }
            }

            @Override
            public void of(Stage stage, Duration took) {
                everywhere(tally -> tally.add(stage, took));
            }

            private void everywhere(Consumer<Tally> addition) {
                windows.values().forEach(window -> window.add(at, addition));
                addition.accept(inAll);
                if (sinceLive != null) {
                    addition.accept(sinceLive);
                }
            }
        };
    }

    private static Tally copy(Tally tally) {
        var copy = new Tally();
        copy.add(tally);
        return copy;
    }

    private static <V> Map<String, V> remembering(int max) {
        return new LinkedHashMap<>() {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > max;
            }
        };
    }
}
