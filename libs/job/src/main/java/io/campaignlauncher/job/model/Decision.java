package io.campaignlauncher.job.model;

import java.util.List;

/** The answer to a command: events to append (none if it was known already), or the rule that refused it. */
public sealed interface Decision {

    record Accepted(List<JobEvent> events) implements Decision {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused(Refusal refusal) implements Decision {}

    static Decision accept(JobEvent... events) {
        return new Accepted(List.of(events));
    }

    static Decision refuse(Refusal refusal) {
        return new Refused(refusal);
    }
}
