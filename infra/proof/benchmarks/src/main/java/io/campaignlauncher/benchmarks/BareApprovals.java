package io.campaignlauncher.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Approvals as somebody writes them by hand: one SQL transaction that locks what the marketplace locks and writes the same rows, to
 * tables of the same kind. No event, no HTTP, and nothing that is said twice is noticed.
 */
final class BareApprovals implements AutoCloseable {

    private static final String SCHEMA = "bare_market";
    private static final String TENANT = "local";
    private static final int AUDITED = 5;

    private final BlockingQueue<Connection> pool;
    private final UUID channel = UUID.randomUUID();

    /** A target that waits. */
    record Target(UUID id, UUID campaign, UUID wallet) {}

    /** @param connections as many as the service has */
    BareApprovals(Map<String, Object> properties, int connections) throws SQLException, IOException {
        pool = new ArrayBlockingQueue<>(connections);
        for (int i = 0; i < connections; i++) {
            pool.add(SystemDatabase.connect(properties));
        }
        var connection = pool.element();
        try (var statement = connection.createStatement();
                var script = Objects.requireNonNull(
                        BareApprovals.class.getResourceAsStream("/db/market/V1__market.sql"))) {
            statement.execute("create schema " + SCHEMA);
            statement.execute("set search_path to " + SCHEMA);
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute("create sequence positions increment by 8");
        }
        for (var one : pool) {
            try (var statement = one.createStatement()) {
                statement.execute("set search_path to " + SCHEMA);
            }
            one.setAutoCommit(false);
        }
        update(connection, "insert into channels values (?, '" + TENANT + "', 'paul', -1, '@bare', 'Bare', 1, 'ready',"
                + " '{}', now(), now())", channel);
        connection.commit();
    }

    /** Targets of new advertisers that wait. @return each advertiser's */
    List<List<Target>> waiting(int advertisers, int targets) throws SQLException, InterruptedException {
        var connection = pool.take();
        try {
            var all = new ArrayList<List<Target>>();
            for (int i = 0; i < advertisers; i++) {
                all.add(waiting(connection, targets));
            }
            connection.commit();
            return all;
        } finally {
            pool.add(connection);
        }
    }

    private List<Target> waiting(Connection connection, int targets) throws SQLException {
        var wallet = UUID.randomUUID();
        var campaign = UUID.randomUUID();
        update(connection, "insert into wallets values (?, '" + TENANT + "', ?, 'user', 1000000, now())", wallet,
                wallet.toString());
        update(connection, "insert into campaigns values (?, '" + TENANT + "', ?, 'bare', 'draft', 1000000, now(),"
                + " now())", campaign, wallet.toString());
        update(connection, "update campaigns set status = 'active' where id = ?", campaign);
        var made = new ArrayList<Target>();
        for (int i = 0; i < targets; i++) {
            var target = new Target(UUID.randomUUID(), campaign, wallet);
            update(connection, """
                    insert into campaign_targets (id, "campaignId", tenant, status, place, "channelId", text,
                        "publisherId", amount, version, "contentHash", "rejectedVersion", created_at, updated_at)
                    values (?, ?, 'local', 'draft', 'telegram', ?, 'Buy tidy otters', 'paul', 1, 1, repeat('a', 64), 0,
                        now(), now())""", target.id(), campaign, channel);
            update(connection, "update campaign_targets set status = 'submitted', \"reviewDeadline\" = now()"
                    + " + interval '3 days' where id = ?", target.id());
            made.add(target);
        }
        return made;
    }

    /** Returns when it is durable. Waits for a connection. */
    void approve(Target target) throws SQLException, InterruptedException {
        var connection = pool.take();
        try {
            lock(connection, target);
            write(connection, target, UUID.randomUUID(), UUID.randomUUID());
            connection.commit();
        } finally {
            pool.add(connection);
        }
    }

    private void lock(Connection connection, Target target) throws SQLException {
        one(connection, "select status from campaigns where id = ? for share", "active", target.campaign());
        one(connection, "select status from campaign_targets where id = ? for update", "submitted", target.id());
        one(connection, "select status from channels where id = ? for share", "ready", channel);
        one(connection, "select case when balance >= 1 then 'enough' end from wallets where id = ? for update",
                "enough",
                target.wallet());
        one(connection, """
                select case when coalesce(sum(e.amount), 0) < 1000000 then 'enough' end from escrows e
                join campaign_targets t on t.id = e."campaignTargetId"
                where t."campaignId" = ? and e.status in ('held', 'released')""", "enough", target.campaign());
        one(connection, "select enabled::text from kill_switches where name = ? for share", "true", "new_escrows");
    }

    private static void write(Connection connection, Target target, UUID escrowWallet, UUID moved)
            throws SQLException {
        update(connection, "update campaign_targets set status = 'approved', \"approvedBy\" = 'mary',"
                + " \"approvedVersion\" = repeat('a', 64), updated_at = clock_timestamp() where id = ?", target.id());
        update(connection, "insert into wallets values (?, '" + TENANT + "', null, 'escrow', 1, clock_timestamp())",
                escrowWallet);
        update(connection, "update wallets set balance = balance - 1 where id = ?", target.wallet());
        update(connection, "insert into escrows values (?, ?, ?, 'held', 1, 0.10, clock_timestamp(),"
                + " clock_timestamp())", UUID.randomUUID(), target.id(), escrowWallet);
        update(connection, """
                insert into post_jobs (id, "campaignTargetId", status, "contentHash", deadline, missing, created_at,
                    updated_at)
                values (?, ?, 'queued', repeat('a', 64), now() + interval '2 days', false, clock_timestamp(),
                    clock_timestamp())""", UUID.randomUUID(), target.id());
        update(connection, "insert into ledger_transactions values (?, '" + TENANT + "', ?, 'escrow_hold', ?, ?,"
                + " clock_timestamp())", moved, "escrow:" + target.id() + ":hold", target.campaign(), target.id());
        update(connection, """
                insert into ledger_entries
                select n + leg, ?, wallet, amount, 'escrow_hold', balance, clock_timestamp()
                from (select nextval('positions') n) p, (values (0, ?, -1, (select balance from wallets where id = ?)),
                    (1, ?, 1, 1)) as legs (leg, wallet, amount, balance)""", moved, target.wallet(), target.wallet(),
                escrowWallet);
        update(connection,
                """
                        insert into user_audit_logs
                        select nextval('positions'), 'local', 'moderation_approved', 'mary', jsonb_build_object('targetId', ?::text,
                            'campaignId', ?::text, 'version', 1, 'contentHash', repeat('a', 64), 'oldState', 'submitted',
                            'newState', 'approved', 'role', 'moderator', 'correlationId', ?::text), clock_timestamp()
                        from generate_series(1, %d)"""
                        .formatted(AUDITED),
                target.id(), target.campaign(), moved);
    }

    private static void one(Connection connection, String sql, String expected, Object value) throws SQLException {
        try (var statement = prepared(connection, sql, value); var rows = statement.executeQuery()) {
            if (!rows.next() || !expected.equals(rows.getString(1))) {
                throw new IllegalStateException("not " + expected + ": " + sql);
            }
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = prepared(connection, sql, values)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (var connection : pool) {
            connection.close();
        }
    }
}
