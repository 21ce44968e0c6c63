package io.campaignlauncher.job.model;

/** Whether and why a creation round or a deletion pass stopped. */
public enum RoundEnd {
    /** More reports follow. */
    NOT_YET,
    /** Everything was sent and answered, well or badly. */
    DONE,
    /** Nothing more may be sent for a while. */
    RATE_LIMITED,
    /** The worker died or lost its lease: what it had not reported has an unknown outcome. */
    INTERRUPTED,
    /** Nothing was heard of the round for too long: what it had not reported has an unknown outcome. */
    UNHEARD
}
