package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time and chance of a random history: what is to happen, in order, and whether things go wrong. */
final class WorldTime {

    private record Due(Instant at, long order, Runnable action) {}

    private final PriorityQueue<Due> dues = new PriorityQueue<>(
            Comparator.comparing(Due::at).thenComparing(Due::order));
    private final Random random;
    private final int trouble;
    private final int kindAfter;
    private Instant now = Samples.T0;
    private long steps;

    WorldTime(WorldSetting setting) {
        random = new Random(setting.seed());
        trouble = setting.trouble();
        kindAfter = setting.kindAfter();
    }

    Instant now() {
        return now;
    }

    long steps() {
        return steps;
    }

    boolean kind() {
        return steps >= kindAfter;
    }

    /** Whether something goes wrong; the weight says how likely it is compared with other things that may. */
    boolean wrong(double weight) {
        return !kind() && random.nextInt(1000) < trouble * weight;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    Duration upTo(Duration longest) {
        return Duration.ofMillis(random.nextInt((int) longest.toMillis() + 1));
    }

    void at(Instant time, Runnable action) {
        dues.add(new Due(time.isBefore(now) ? now : time, steps * 1000 + dues.size(), action));
    }

    void after(Duration delay, Runnable action) {
        at(now.plus(delay), action);
    }

    /** @return false where nothing is left to happen */
    boolean step() {
        var due = dues.poll();
        if (due == null) {
            return false;
        }
        steps++;
        now = due.at();
        due.action().run();
        return true;
    }
}
