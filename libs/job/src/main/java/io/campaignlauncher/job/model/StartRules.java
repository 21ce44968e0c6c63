package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a launch begins: never before its time, and at once where that is over. */
final class StartRules {

    private static final String FIELD = "startAt";
    private static final Duration AHEAD_MAX = Duration.ofDays(366);

    private StartRules() {}

    static void check(List<Violation> found, @Nullable String startAt) {
        if (startAt != null && StartTime.read(startAt).isEmpty()) {
            found.add(new Violation(FIELD, "must be a date and a time in whole seconds, as 2026-12-24T18:00:00 in the"
                    + " account's time zone, or as 2026-12-24T18:00:00+01:00 or 2026-12-24T17:00:00Z"));
        }
    }

    /** What can be told of it before the account's time zone is known. */
    static List<Violation> violations(@Nullable String startAt, Instant now) {
        var found = new ArrayList<Violation>();
        check(found, startAt);
        if (startAt != null && StartTime.read(startAt)
                .filter(time -> time.earliest().isAfter(now.plus(AHEAD_MAX))).isPresent()) {
            found.add(new Violation(FIELD, "may be at most a year ahead"));
        }
        return found;
    }

    /** The account was found good: creates, or waits for the time when the launch begins. */
    static void begin(DecisionBuilder builder) {
        var start = builder.state().terms().start();
        var at = start.instant();
        if (at != null && at.isAfter(builder.now)) {
            builder.emit(new JobEvent.LaunchScheduled(builder.state().counts().waits() + 1, at, start.timeZone()));
        } else {
            builder.create();
        }
    }

    /**
     * Until something may be created the start can be moved. While the account is being checked the new time counts once it has
     * passed; a job that waits for its start waits for the new one.
     */
    static Decision reschedule(DecisionBuilder builder, JobCommand.RescheduleLaunch command) {
        var state = builder.state();
        var start = state.terms().start();
        var moved = start.movedTo(command.startAt());
        if (moved.isSameAs(start)) {
            return builder.done();
        }
        var refusal = refusal(state.phase(), moved, builder.now);
        if (refusal != null) {
            return Decision.refuse(refusal);
        }
        builder.emit(new JobEvent.LaunchRescheduled(moved.at(), command.userId(), command.reason()));
        if (state.phase() == Phase.AWAITING_START) {
            var at = moved.instant();
            if (at != null && at.isAfter(builder.now)) {
                begin(builder);
            } else {
                builder.proceed();
            }
        }
        return builder.done();
    }

    private static @Nullable Refusal refusal(Phase phase, JobState.Start moved, Instant now) {
        return switch (phase) {
            case ABSENT, CREATING, VERIFYING, REMOVING_SURPLUS, AWAITING_CONFIRMATION, ROLLING_BACK ->
                new Refusal.LaunchBegun();
            case COMPLETED, FAILED, ROLLED_BACK -> new Refusal.JobEnded();
            case PRE_VERIFYING, AWAITING_START -> {
                var violations = violations(moved.at(), now);
                yield violations.isEmpty() ? null : new Refusal.InvalidRequest(violations);
            }
        };
    }
}
