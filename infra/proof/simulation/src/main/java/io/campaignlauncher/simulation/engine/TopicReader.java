package io.campaignlauncher.simulation.engine;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.worker.RecordRefused;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The workers' way to listen: each record on its own, many at a time; an offset is committed when everything before it has
 * ended. As {@code messaging.TopicListener} does it, dead letters included: a record that failed too often is given up.
 */
public final class TopicReader implements Partitions.Member {

    private static final Duration COMMIT_PAUSE = Duration.ofMillis(100);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final int RETRIES = 3;

    private final Lives lives;
    private final Partitions partitions;
    private final SimulatedProcess life;
    private final Set<String> types;
    private final Function<LaunchRecords.Received, Mono<Void>> handler;
    private final BiConsumer<Message, Throwable> gaveUp;
    private final Map<Partitions.Cursor, TreeSet<Integer>> open = new HashMap<>();
    private boolean committing;

    /** @param gaveUp is told of what has failed too often */
    public TopicReader(Lives lives, Partitions partitions, SimulatedProcess life, Set<String> types,
            Function<LaunchRecords.Received, Mono<Void>> handler, BiConsumer<Message, Throwable> gaveUp) {
        this.lives = lives;
        this.partitions = partitions;
        this.gaveUp = gaveUp;
        this.life = life;
        this.types = types;
        this.handler = handler;
    }

    @Override
    public void wake(Partitions.Group group) {
        for (var cursor : group.of(life)) {
            while (cursor.hasMore()) {
                int offset = cursor.position();
                var message = cursor.next();
                if (types.contains(message.name())) {
                    begin(group, cursor, offset, message);
                }
            }
        }
        commitLater(group);
    }

    private void begin(Partitions.Group group, Partitions.Cursor cursor, int offset, Message message) {
        open.computeIfAbsent(cursor, _ -> new TreeSet<>()).add(offset);
        Mono.defer(() -> handler.apply(message.received()))
                .retryWhen(Retry.fixedDelay(RETRIES, RETRY_DELAY).jitter(0).scheduler(life)
                        .filter(failure -> !(failure instanceof RecordRefused))
                        .onRetryExhaustedThrow((_, last) -> last.failure()))
                .subscribe(_ -> {}, failure -> {
                    gaveUp.accept(message, failure);
                    ended(group, cursor, offset);
                }, () -> ended(group, cursor, offset));
    }

    private void ended(Partitions.Group group, Partitions.Cursor cursor, int offset) {
        lives.step(life);
        Objects.requireNonNull(open.get(cursor)).remove(offset);
        commitLater(group);
    }

    private void commitLater(Partitions.Group group) {
        if (!committing) {
            committing = true;
            life.after(COMMIT_PAUSE.toNanos(), () -> {
                committing = false;
                if (partitions.isCommitLost()) {
                    partitions.rebalance(group);
                    return;
                }
                for (var cursor : group.of(life)) {
                    var unfinished = open.get(cursor);
                    cursor.commit(life, unfinished == null || unfinished.isEmpty() ? cursor.position()
                            : Math.min(cursor.position(), unfinished.first()));
                }
            });
        }
    }
}
