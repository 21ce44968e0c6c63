package io.campaignlauncher.simulation;

import io.campaignlauncher.creation.claims.Claims.Claim;
import io.campaignlauncher.creation.claims.Claims.Expired;
import io.campaignlauncher.creation.claims.Claims.Finished;
import io.campaignlauncher.creation.claims.Claims.Wanted;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.AccountPace;
import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.pace.Timeline;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The creator's tables with the statements of {@code ClaimSql} and {@code JdbcAccountPaces}: each method is one transaction by the database's clock. */
final class ClaimTables {

    /** How much of what was committed last a standby may lack. */
    static final Duration REWOUND_MAX = Duration.ofSeconds(5);

    private static final int SWEPT_AT_ONCE_MAX = 100;
    private static final String UNKNOWN = "unknown";

    private final Loop loop;
    private final CreationSettings settings;
    private final Map<UUID, Row> claims = new LinkedHashMap<>();
    private final Deque<Commit> commits = new ArrayDeque<>();
    /** Since when the tables are on their timeline. */
    private Instant since = Instant.MIN;
    private final Map<String, Instant> resumeAt = new HashMap<>();
    private final Map<String, AccountPace> paces = new HashMap<>();

    private static final class Row {
        int round;
        String worker = "";
        Instant claimedAt = Instant.EPOCH;
        Instant leaseUntil = Instant.EPOCH;
        Instant quietAt = Instant.EPOCH;
        @Nullable
        Instant finishedAt;
        Envelope command;
        /** The life whose transaction has the row locked; null: nobody's. */
        @Nullable
        SimulatedProcess lockedBy;

        Row(Envelope command) {
            this.command = command;
        }

        Row unlocked() {
            var copy = new Row(command);
            copy.round = round;
            copy.worker = worker;
            copy.claimedAt = claimedAt;
            copy.leaseUntil = leaseUntil;
            copy.quietAt = quietAt;
            copy.finishedAt = finishedAt;
            return copy;
        }
    }

    /** @param before the claims before it */
    private record Commit(Instant at, Map<UUID, Row> before) {}

    ClaimTables(Loop loop, CreationSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    /** Whether a transaction of a living process holds a row that this one needs. */
    boolean mustWait(Collection<Wanted> wanted) {
        return wanted.stream().map(one -> claims.get(one.jobId()))
                .anyMatch(row -> row != null && row.lockedBy != null && row.lockedBy.isAlive());
    }

    List<Claim> claim(String claimant, Collection<Wanted> wanted) {
        var now = loop.now();
        begin();
        var won = new ArrayList<Claim>();
        for (var one : wanted) {
            if (one.notAfter() != null && now.isAfter(one.notAfter())) {
                continue;
            }
            var row = claims.get(one.jobId());
            if (row == null) {
                row = new Row(one.cause());
                claims.put(one.jobId(), row);
            } else if (!(row.round < one.round()
                    || row.round == one.round() && row.worker.equals(claimant) && row.finishedAt == null)) {
                continue;
            }
            var perhapsClaimed = !one.cause().time().isAfter(since.plus(Timeline.CLOCKS_DIFFER_MAX));
            row.round = one.round();
            row.worker = perhapsClaimed ? UNKNOWN : claimant;
            row.claimedAt = now;
            row.leaseUntil = now.plus(one.limits().lease());
            row.quietAt = row.leaseUntil.plus(one.limits().requestTimeout());
            row.finishedAt = null;
            row.command = one.cause();
            if (!perhapsClaimed) {
                won.add(reserved(one));
            }
        }
        return won;
    }

    private void begin() {
        var kept = loop.now().minus(REWOUND_MAX);
        while (!commits.isEmpty() && commits.getFirst().at().isBefore(kept)) {
            commits.removeFirst();
        }
        commits.addLast(new Commit(loop.now(), copied(claims)));
    }

    private static Map<UUID, Row> copied(Map<UUID, Row> rows) {
        var copy = new LinkedHashMap<UUID, Row>();
        rows.forEach((job, row) -> copy.put(job, row.unlocked()));
        return copy;
    }

    /** A standby takes over that lacks the claims committed within this time, at most {@link #REWOUND_MAX}; paces it has. */
    void rewind(Duration lost) {
        var from = loop.now().minus(lost);
        commits.stream().filter(commit -> !commit.at().isBefore(from)).findFirst().ifPresent(first -> {
            claims.clear();
            claims.putAll(copied(first.before()));
        });
        commits.clear();
        since = loop.now();
    }

    private Claim reserved(Wanted one) {
        var paused = pausedFor(one.accountId());
        var reservation = settings.mutationsPerSecond() == 0 || paused.isPositive() || one.mutations() == 0
                ? Reservation.NONE
                : reserve(one.accountId(), one.mutations(), 1, one.limits().lease().minus(Lease.MARGIN));
        return new Claim(one.jobId(), one.round(), paused, reservation);
    }

    Reservation reserve(String accountId, int mutations, int whole, Duration within) {
        var reserved = paces.getOrDefault(accountId, AccountPace.FREE)
                .reserve(loop.now(), mutations, whole, settings.mutationsPerSecond(), within);
        paces.put(accountId, reserved.pace());
        return reserved.reservation();
    }

    void pause(String accountId, Duration wait) {
        resumeAt.merge(accountId, loop.now().plus(wait), (a, b) -> a.isAfter(b) ? a : b);
    }

    Duration pausedFor(String accountId) {
        var resume = resumeAt.get(accountId);
        return resume == null || !resume.isAfter(loop.now()) ? Duration.ZERO : Duration.between(loop.now(), resume);
    }

    int finish(Collection<Finished> rounds) {
        int ended = 0;
        begin();
        for (var one : rounds) {
            var row = claims.get(one.jobId());
            if (row != null && row.round == one.round() && row.finishedAt == null) {
                row.finishedAt = loop.now();
                ended++;
            }
        }
        return ended;
    }

    /** Expired claims; their rows stay locked until {@link #unlock}. */
    List<Expired> lockExpired(SimulatedProcess by) {
        var now = loop.now();
        var found = new ArrayList<Expired>();
        claims.entrySet().stream()
                .filter(entry -> entry.getValue().finishedAt == null && entry.getValue().quietAt.isBefore(now)
                        && (entry.getValue().lockedBy == null || !entry.getValue().lockedBy.isAlive()))
                .sorted(Comparator.comparing(entry -> entry.getValue().leaseUntil))
                .limit(SWEPT_AT_ONCE_MAX)
                .forEach(entry -> {
                    var row = entry.getValue();
                    row.lockedBy = by;
                    found.add(new Expired(entry.getKey(), row.round, row.claimedAt, row.quietAt, row.command));
                });
        return found;
    }

    void unlock(SimulatedProcess by) {
        claims.values().stream().filter(row -> row.lockedBy == by).forEach(row -> row.lockedBy = null);
    }
}
