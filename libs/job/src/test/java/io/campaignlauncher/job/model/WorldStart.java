package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** People who want a launch to begin later, and change their minds. */
final class WorldStart {

    static final String TIME_ZONE = "America/Los_Angeles";
    private static final Duration AHEAD_MAX = Duration.ofMinutes(10);

    private WorldStart() {}

    /** When a launch is to begin: often at once, else soon, or at a time that is over. */
    static @Nullable String drawn(Random random) {
        if (random.nextBoolean()) {
            return null;
        }
        var at = Samples.T0.plusSeconds(random.nextInt((int) AHEAD_MAX.toSeconds()) - 30L);
        return switch (random.nextInt(3)) {
            case 0 -> at.toString();
            case 1 -> at.atOffset(ZoneOffset.ofHours(random.nextInt(19) - 9)).toString();
            default -> LocalDateTime.ofInstant(at, ZoneId.of(TIME_ZONE)).toString();
        };
    }

    /** Moves the start now and then, also at the very moment. */
    static void move(WorldSetting setting, WorldTime time, Consumer<JobCommand> put) {
        var random = new Random(setting.seed() + 1);
        var start = instant(setting.request().startAt());
        var begin = start == null ? Samples.T0 : start;
        for (int times = random.nextInt(4); times > 1; times--) {
            var move = new JobCommand.RescheduleLaunch(drawn(random), "u-9", "another time");
            var early = Duration.between(Samples.T0, begin).toMillis() * random.nextInt(3) / 3;
            time.at(begin.minusMillis(early).plusMillis(random.nextInt(1_000) - 500L), () -> put.accept(move));
        }
    }

    /** By the account's clock; null: at once. */
    static @Nullable Instant instant(@Nullable String startAt) {
        if (startAt == null) {
            return null;
        }
        return startAt.matches(".*(Z|[+-]\\d\\d:\\d\\d)$") ? OffsetDateTime.parse(startAt).toInstant()
                : LocalDateTime.parse(startAt).atZone(ZoneId.of(TIME_ZONE)).toInstant();
    }
}
