package io.campaignlauncher.job.model;

import java.util.List;

/** Why a command was refused. */
public sealed interface Refusal {

    /** The request breaks rules. */
    record InvalidRequest(List<Violation> violations) implements Refusal {

        public InvalidRequest {
            violations = List.copyOf(violations);
        }
    }

    /** The idempotency key was used for another request. */
    record DifferentRequest() implements Refusal {}

    /** There is no such job. */
    record NoSuchJob() implements Refusal {}

    /** The job has ended: nothing of it can be stopped. */
    record JobEnded() implements Refusal {}

    /** Something of the launch may have been created: its start cannot be moved. */
    record LaunchBegun() implements Refusal {}

    /** The job waits for nobody's decision. */
    record JobNotWaiting() implements Refusal {}
}
