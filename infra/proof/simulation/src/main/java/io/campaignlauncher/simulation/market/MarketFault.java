package io.campaignlauncher.simulation.market;

import io.campaignlauncher.simulation.engine.Hazard;

/** What may go wrong in a run of the marketplace, with how likely it is at each occasion where it is in force at all. */
enum MarketFault implements Hazard {
    // on the way to Telegram
    OUTAGE(0.004), UNREACHABLE(0.02), REQUEST_LOST(0.02), ANSWER_LOST(0.02), COMMITTED_LATE(0.02), SLOW_ANSWER(0.02),
    // Telegram, as the simulator's own faults
    SWALLOWED(0.02), ANSWER_WITHHELD(0.02), WITHHELD_AND_LATE(0.03), CONNECTION_RESET(0.02), RATE_LIMITED(0.02),
    RATE_LIMITED_COMMITTED(0.02), RESTART(0.02), RESTART_COMMITTED(0.02), UNAUTHORIZED(0.01),
    UNAUTHORIZED_COMMITTED(0.01), LOGGED_OUT(0.01), GATEWAY_PAGE(0.02), GATEWAY_PAGE_COMMITTED(0.02),
    GATEWAY_JSON(0.01), GATEWAY_JSON_COMMITTED(0.01), EMPTY_BODY(0.01), CONTENT_TOO_LARGE(0.003), HALF_JSON(0.01),
    HALF_SENT(0.01), MESSAGE_ID_ZERO(0.01), SLOW(0.02), HIDDEN(0.1), READ_REFUSED(0.002), OTHERS_POST(0.03),
    OTHERS_POST_AND_DELETE(0.02), POST_REMOVED(0.01), POSTING_RIGHT_TAKEN(0.01), BOT_KICKED(0.01),
    TOKEN_REVOKED(0.003), CONTENT_PROTECTED(0.01),
    // processes
    CLOCK_OFF(0.5), CRASH(0.003), FREEZE(0.003), FREEZE_BEFORE_SENDING(0.02),
    // Kafka
    REPORT_FAILED(0.03), REPORT_LOST_ACK(0.03), DELIVERY_LATE(0.03), DELIVERED_AGAIN(0.03), FEED_REPEATS(0.03),
    FEED_LEADER_FREEZES(0.01),
    // databases
    DATABASE_AWAY(0.002), DECISION_FAILED(0.02), DECISION_LOST_ACK(0.02), POSTS_FAILED(0.02), POSTS_LOST_ACK(0.02),
    POSTS_SLOW(0.003), ATTEMPTS_REWOUND(0.004), SWITCH_UNREADABLE(0.03),
    // people
    ASKED_TWICE(0.15), ASKED_BY_ANOTHER(0.1), STALE_VERSION(0.15), BROKEN_FIELD(0.05), OFFERED_ANEW(0.1),
    SWITCHED_OFF(0.03), CORRECTED(0.1), DECIDED_EARLY(0.3);

    private final double likelihood;

    MarketFault(double likelihood) {
        this.likelihood = likelihood;
    }

    @Override
    public double likelihood() {
        return likelihood;
    }
}
