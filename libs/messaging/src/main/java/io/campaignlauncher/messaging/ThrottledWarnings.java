package io.campaignlauncher.messaging;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/** Warns of each of several problems at once the first time and then now and then, with how often it was met meanwhile. */
public final class ThrottledWarnings {

    private static final int PROBLEMS_MAX = 16;

    private final String part;
    private final Logger log;
    private final Clock clock;
    private final Map<String, ThrottledWarning> warnings = new LinkedHashMap<>(PROBLEMS_MAX, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ThrottledWarning> eldest) {
            return size() > PROBLEMS_MAX;
        }
    };

    /** @param part whose problems they are, as the beginning of a log line */
    public ThrottledWarnings(String part, Logger log, Clock clock) {
        this.part = part;
        this.log = log;
        this.clock = clock;
    }

    /** All of them, as far as there were any. */
    public synchronized void over() {
        warnings.values().forEach(ThrottledWarning::over);
    }

    /** @param problem in a sentence; another text is another problem */
    public synchronized void warn(String problem) {
        warnings.computeIfAbsent(problem, _ -> new ThrottledWarning(log, clock)).warn(part, problem);
    }
}
