package io.campaignlauncher.graph;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes circuit breakers for {@link HttpGraph}: when half of the last 100 requests (at least 20) met a Facebook that was down
 * (no connection, no answer in time, broken or unreadable answer, code 1 or 2, HTTP 5xx), nothing is sent for 5 seconds; then 5
 * requests try, and decide. Refusals and limits say that Facebook is up.
 */
public final class GraphCircuitBreaker {

    public static final float FAILURES_PERCENT = 50;
    public static final int WINDOW_REQUESTS = 100;
    public static final int WINDOW_REQUESTS_MIN = 20;
    public static final Duration OPEN_FOR = Duration.ofSeconds(5);
    public static final int TRIALS = 5;

    /** Every so many vain trials the log says that Facebook is still down. */
    private static final int LOGGED_EACH = 12;
    private static final Logger LOG = LoggerFactory.getLogger(GraphCircuitBreaker.class);

    private GraphCircuitBreaker() {}

    /** @param clock counts how long the circuit is open; no thread and no timer is used */
    public static CircuitBreaker create(Clock clock) {
        var breaker = CircuitBreaker.of("graph", CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW_REQUESTS, WINDOW_REQUESTS_MIN, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILURES_PERCENT)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .clock(clock)
                .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                .build());
        var trials = new AtomicInteger();
        breaker.getEventPublisher().onStateTransition(event -> logTransition(event.getStateTransition(), trials));
        return breaker;
    }

    /** Logs that Facebook is down, and that it is back; meanwhile it is tried every few seconds, which is logged about once a minute. */
    private static void logTransition(StateTransition transition, AtomicInteger trials) {
        if (transition == StateTransition.CLOSED_TO_OPEN) {
            trials.set(0);
            LOG.warn(
                    "the Graph API is down: {} % of the last requests met no answer or a broken one; it is tried again "
                            + "every few seconds",
                    FAILURES_PERCENT);
        } else if (transition == StateTransition.HALF_OPEN_TO_OPEN && trials.incrementAndGet() % LOGGED_EACH == 0) {
            LOG.warn("the Graph API is still down, tried {} times", trials.get());
        } else if (transition == StateTransition.HALF_OPEN_TO_CLOSED) {
            LOG.info("the Graph API is back");
        } else {
            LOG.debug("Circuit to the Graph API: {}", transition);
        }
    }
}
