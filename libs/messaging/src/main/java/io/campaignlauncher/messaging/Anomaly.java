package io.campaignlauncher.messaging;

/** Something unwanted that the system handles, and its cause: all that {@link Anomalies} can count. */
public enum Anomaly {

    /** A round that read first found an entity that an earlier one had made without seeing a success. */
    ADOPTED_BY_A_ROUND("adopted", "looked_first"),
    /** A verification found an entity that no slot knew, and a free slot took it. */
    ADOPTED_BY_A_VERIFICATION("adopted", "verification"),
    /** Facebook had said yes, but the entity does not exist. */
    REOPENED("reopened", "not_on_facebook"),
    /** An entity of ours too many: its slot had one already. */
    SURPLUS_OF_A_SLOT("surplus_removed", "second_of_a_slot"),
    /** An entity of ours too many: its name stands for no slot. */
    SURPLUS_OF_NO_SLOT("surplus_removed", "name_of_no_slot"),
    /** A slot was asked of Facebook and no answer came. */
    OUTCOME_UNKNOWN_NO_ANSWER("unknown_outcome", "no_answer"),
    /** A slot was asked of Facebook and the answer does not tell what happened. */
    OUTCOME_UNKNOWN_ERROR("unknown_outcome", "error_answer"),
    /** A creator died or lost its lease in the middle of a round. */
    INTERRUPTED("interrupted", "worker_cut_short"),
    /** Nothing was ever heard of a round. */
    UNHEARD("interrupted", "nothing_heard"),
    /** An entity was reported after its round had been given up. */
    LATE_AFTER_ROUND("late", "after_its_round"),
    /** An entity was reported after the rollback had begun. */
    LATE_AFTER_ROLLBACK("late", "after_rollback_began"),
    /** A creation command came a second time. */
    COMMAND_REDELIVERED("redelivery", "creation_command"),
    /** A request was published or read a second time. */
    REQUEST_REPEATED("redelivery", "request"),
    /** A worker's report said nothing that its job did not know. */
    REPORT_REPEATED("redelivery", "report"),
    /** An event came to the read model a second time. */
    EVENT_REPEATED("redelivery", "event");

    private final String kind;
    private final String cause;

    Anomaly(String kind, String cause) {
        this.kind = kind;
        this.cause = cause;
    }

    String kind() {
        return kind;
    }

    String cause() {
        return cause;
    }
}
