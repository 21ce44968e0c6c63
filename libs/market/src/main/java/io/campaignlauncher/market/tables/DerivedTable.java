package io.campaignlauncher.market.tables;

import java.util.List;

/** A table that follows from the events alone. @param key of its rows, as SQL */
record DerivedTable(String name, String key) {

    /** Each after those that it refers to. Kill switches and their history are not among them: they follow from no event. */
    static final List<DerivedTable> ALL = List.of(new DerivedTable("wallets", "t.id"),
            new DerivedTable("campaigns", "t.id"), new DerivedTable("channels", "t.id"),
            new DerivedTable("campaign_targets", "t.id"), new DerivedTable("escrows", "t.id"),
            new DerivedTable("post_jobs", "t.id"),
            new DerivedTable("post_attempts", "concat_ws(' ', t.\"postJobId\", t.attempt)"),
            new DerivedTable("surplus_posts", "concat_ws(' ', t.\"postJobId\", t.number)"),
            new DerivedTable("ledger_transactions", "t.id"), new DerivedTable("ledger_entries", "t.id"),
            new DerivedTable("corrections", "t.id"), new DerivedTable("user_audit_logs", "t.id"));
}
