package io.campaignlauncher.simulation;

import io.campaignlauncher.simulation.engine.Hazard;
/** What may go wrong in a run, with how likely it is at each occasion where it is in force at all. */
enum FaultKind implements Hazard {
    // on the way to Facebook; the circuit opens by itself where enough goes wrong
    OUTAGE(0.005), CIRCUIT_OPENED(0), REQUEST_LOST(0.02), ANSWER_LOST(0.02), COMMITTED_LATE(0.02), SLOW_ANSWER(0.02),
    UNREACHABLE(0.02),
    // Facebook, as the simulator's own faults
    SERVER_ERROR(0.02), SERVER_ERROR_COMMITTED(0.02), NULL_ENTRY(0.02), ABORTED_ENTRY(0.02), BATCH_CUT_SHORT(0.02),
    SILENT_FAILURE(0.03), SILENT_DELETION(0.2), EDGE_LAG(0.3), HIDDEN_BY_ID(0.3), RATE_LIMITED(0.005),
    USAGE_RISING(0.03), USAGE_OF_OTHERS(0.1), USAGE_INSIDE_ONLY(0.5),
    ACCOUNT_SUSPENDED(0.01), TOKEN_DEAD(0.01), ERROR_AT_200(0.01), HTML_PAGE(0.01), REFUSED(0.005), FLAKY_REFUSAL(0.1),
    TOO_MUCH_DATA(0.3),
    POLICY_BLOCK(0.003),
    TOKEN_EXPIRED(0.1), TOKEN_READONLY(0.1),
    // processes
    CLOCK_OFF(0.5), CRASH(0.004), FREEZE(0.003), FREEZE_BEFORE_SENDING(0.02),
    // Kafka
    REPORT_FAILED(0.03), REPORT_LOST_ACK(0.03), DELIVERY_LATE(0.03), DELIVERED_AGAIN(0.03),
    COMMAND_DELIVERED_AGAIN(0.05),
    COMMAND_ACK_LOST(0.05), SHARE_GROUP_RESTARTED(0.02), FEED_REPEATS(0.03), FEED_LEADER_FREEZES(0.02),
    COMMAND_DROPPED(0.01), EVENT_REFUSED(0.005), TOKEN_KNOWN_LATE(0.1),
    // databases
    STORE_FAILED(0.02), STORE_LOST_ACK(0.02), CLAIMS_FAILED(0.02), CLAIMS_LOST_ACK(0.02),
    CLAIMS_SLOW(0.01), CLAIMS_REWOUND(0.03), TIMER_TWICE(0.05),
    // jobs that nothing can be decided of until somebody mends that
    JOB_UNDECIDABLE(0.002), RECORDS_PARKED(0),
    // people; what is too much for one record is reported, or deleted, in parts
    STRANGERS_WORK(0.1), TWIN_MADE(0.2), MANY_TWINS_MADE(0.1), LISTED_IN_PART(0), DELETED_IN_PART(0),
    REQUESTED_TWICE(0.3), DECIDED_TWICE(0.3);

    private final double likelihood;

    FaultKind(double likelihood) {
        this.likelihood = likelihood;
    }

    @Override
    public double likelihood() {
        return likelihood;
    }
}
