package io.campaignlauncher.market.model;

import java.util.UUID;

/** A row of events that each have a number of their own in it, which the event store lets nobody use twice. */
public record Stream(Kind kind, UUID id) {

    public enum Kind {
        CAMPAIGN, TARGET, CHANNEL, WALLET,
        /** One ledger transaction, whose id is made of its key: so a key is used once. */
        LEDGER, CORRECTION;

        /** As the event store has it. */
        public String word() {
            return Words.of(this);
        }
    }
}
