package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who wants launches to begin later, by the account's clock or by UTC, and who moves that, at any time and at the very moment.
 * The dice are of their own, so that runs in which all begin at once are as they were.
 */
final class Starts {

    private static final double LATER = 0.25;
    private static final double MOVED = 0.6;
    private static final double MOVED_AT_ONCE = 0.03;
    private static final Duration AHEAD_MOST = Duration.ofMinutes(20);
    private static final Duration SHORTLY = Duration.ofMillis(600);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final List<String> TIME_ZONES = List.of("America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland");
    static final String WAITED = "waits for a start";
    static final String TAKEN = "starts moved";
    static final String REFUSED = "moves of a start refused";

    private final World world;
    private final SeededRandom random;
    private final Map<String, ZoneId> zones = new HashMap<>();
    /** By job when people wanted it to begin, in order; null: at once. */
    private final Map<String, List<@Nullable Instant>> wanted = new HashMap<>();
    private int waited;
    private int moved;
    private int refused;

    Starts(World world, SeededRandom random) {
        this.world = world;
        this.random = random;
    }

    /** The order as somebody asks for it. */
    Order drawn(Order order) {
        var zone = zones.computeIfAbsent(order.account(), _ -> ZoneId.of(random.oneOf(TIME_ZONES)));
        return isQuiet() || !random.chance(LATER) ? order : order.startingAt(text(zone));
    }

    void begin() {
        zones.forEach((account, zone) -> world.facebook().moveTo(account, zone));
        for (var order : world.orders()) {
            var start = instant(order.account(), order.request().getStartAt());
            if (!isQuiet() && random.chance(start == null ? MOVED_AT_ONCE : MOVED)) {
                moveSome(order, start == null ? Loop.BEGIN.plus(Duration.ofSeconds(10)) : start);
            }
        }
    }

    /** A run with some faults alone is to show what those lead to. */
    private boolean isQuiet() {
        return !world.settings().only().isEmpty();
    }

    private void moveSome(Order order, Instant start) {
        for (int times = random.between(1, 3); times > 0; times--) {
            var at = random.chance(0.5) ? start.minus(SHORTLY.dividedBy(2)).plus(random.upTo(SHORTLY))
                    : Loop.BEGIN.plus(random.upTo(Duration.between(Loop.BEGIN, start).abs()));
            var startAt = random.chance(0.2) ? null : text(zone(order.account()));
            world.loop().at(at.isBefore(Loop.BEGIN) ? Loop.BEGIN : at, null, () -> move(order, startAt));
        }
    }

    /** Some of them are over at that time. */
    private String text(ZoneId zone) {
        var at = Loop.BEGIN.plusSeconds(random.upTo((int) AHEAD_MOST.toSeconds()));
        return random.chance(0.5) ? LocalDateTime.ofInstant(at, zone).toString()
                : at.atOffset(ZoneOffset.ofHours(random.between(-11, 12))).toString();
    }

    private ZoneId zone(String account) {
        return Objects.requireNonNull(zones.get(account));
    }

    private @Nullable Instant instant(String account, @Nullable String startAt) {
        if (startAt == null) {
            return null;
        }
        return startAt.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? OffsetDateTime.parse(startAt).toInstant()
                : LocalDateTime.parse(startAt).atZone(zone(account)).toInstant();
    }

    /** Until it is answered. The start of a job that is not accepted yet cannot be moved. */
    private void move(Order order, @Nullable String startAt) {
        var jobId = order.jobId();
        var life = world.processes().anyOf(Processes.JOB_SERVICE);
        world.trace().line("user", jobId, () -> "moves the start to " + startAt);
        var command = world.settings().wishes().apply(new JobCommand.RescheduleLaunch(startAt, "u-9", "another time"));
        var answered = new boolean[1];
        life.after(0, () -> world.processes().host(life)
                .decide(jobId, List.of(new IssuedCommand(command, Origin.JOB)))
                .subscribe(decisions -> {
                    answered[0] = true;
                    answered(order, startAt, decisions.getFirst());
                }, _ -> {}));
        world.loop().after(ASK_AGAIN, null, () -> {
            var phase = world.store().state(jobId).phase();
            if (!answered[0] && (phase == Phase.PRE_VERIFYING || phase == Phase.AWAITING_START)) {
                move(order, startAt);
            }
        });
    }

    private void answered(Order order, @Nullable String startAt, Decision decision) {
        var noted = wanted.getOrDefault(order.jobId(), List.of()).contains(instant(order.account(), startAt));
        world.checker().moveAnswered(order, decision, noted, world.store().state(order.jobId()));
        if (decision instanceof Decision.Refused) {
            refused++;
        }
    }

    /** An event of the job was appended. */
    void happened(String jobId, JobEvent event) {
        var order = world.order(jobId);
        switch (event) {
            case JobEvent.JobAccepted _ -> want(order, order.request().getStartAt());
            case JobEvent.LaunchRescheduled e -> {
                want(order, e.startAt());
                moved++;
            }
            case JobEvent.LaunchScheduled _ -> waited++;
            default -> {
            }
        }
    }

    private void want(Order order, @Nullable String startAt) {
        wanted.computeIfAbsent(order.jobId(), _ -> new ArrayList<>()).add(instant(order.account(), startAt));
    }

    /** Whether the job may begin now, by a clock that may be ahead. */
    boolean mayBegin(Order order) {
        var all = wanted.getOrDefault(order.jobId(), List.of());
        var last = all.isEmpty() ? null : all.getLast();
        return last == null || !world.loop().now().plus(world.settings().skewMost()).isBefore(last);
    }

    /** What is counted, in order. */
    static List<String> counted() {
        return List.of(WAITED, TAKEN, REFUSED);
    }

    void count(Figures figures) {
        figures.count(WAITED, waited);
        figures.count(TAKEN, moved);
        figures.count(REFUSED, refused);
    }
}
