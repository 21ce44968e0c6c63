package io.campaignlauncher.telegram.simulator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a bot has not fetched yet, for 24 hours, and whoever waits for more of it. */
final class UpdateQueue {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST = 10_000;

    @Nullable
    String webhookUrl;
    Set<String> allowed = Set.of();
    private final Deque<Update> waiting = new ArrayDeque<>();
    private @Nullable Poll poll;
    private long nextId = 1;

    private record Update(long id, Instant at, String kind, JsonNode content) {}

    /** A call that waits for updates. @param answer takes them, or a refusal */
    record Poll(long offset, int limit, Instant until, Consumer<JsonNode> answer, Consumer<Refusal> refused) {}

    void add(String kind, JsonNode content, Instant now) {
        if (!allowed.isEmpty() && !allowed.contains(kind)) {
            return;
        }
        waiting.addLast(new Update(nextId++, now, kind, content));
        if (waiting.size() > MOST) {
            waiting.removeFirst();
        }
        var waits = poll;
        if (waits != null) {
            poll = null;
            waits.answer().accept(take(waits.offset(), waits.limit(), now));
        }
    }

    /** Answers at once where there is something or nobody wants to wait; otherwise the call waits, and an earlier one is ended. */
    void fetch(Poll wanted, Instant now) {
        if (webhookUrl != null) {
            throw Refusal.conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                    + "the webhook first");
        }
        terminate("terminated by other getUpdates request; make sure that only one bot instance is running");
        var ready = take(wanted.offset(), wanted.limit(), now);
        if (!ready.isEmpty() || !wanted.until().isAfter(now)) {
            wanted.answer().accept(ready);
        } else {
            poll = wanted;
        }
    }

    void terminate(String reason) {
        var waits = poll;
        poll = null;
        if (waits != null) {
            waits.refused().accept(Refusal.conflict(reason));
        }
    }

    /** Ends a call that has waited long enough. */
    void advance(Instant now) {
        var waits = poll;
        if (waits != null && !waits.until().isAfter(now)) {
            poll = null;
            waits.answer().accept(Json.array());
        }
    }

    @Nullable
    Instant waitsUntil() {
        return poll == null ? null : poll.until();
    }

    int size() {
        return waiting.size();
    }

    private JsonNode take(long offset, int limit, Instant now) {
        waiting.removeIf(update -> update.id() < offset || update.at().plus(KEPT).isBefore(now));
        while (offset < 0 && waiting.size() > -offset) {
            waiting.removeFirst();
        }
        var taken = Json.array();
        waiting.stream().limit(limit).forEach(
                update -> taken.addObject().put("update_id", update.id()).set(update.kind(), update.content()));
        return taken;
    }
}
