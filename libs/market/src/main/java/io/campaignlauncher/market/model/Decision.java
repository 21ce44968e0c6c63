package io.campaignlauncher.market.model;

import java.util.List;

/** The answer to a command: events to store together, in this order (none where all is so already), or why not. */
public sealed interface Decision {

    record Accepted(List<MarketEvent> events) implements Decision {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused(Refusal refusal) implements Decision {}

    static Decision accept(MarketEvent... events) {
        return new Accepted(List.of(events));
    }

    static Decision refuse(Refusal refusal) {
        return new Refused(refusal);
    }
}
