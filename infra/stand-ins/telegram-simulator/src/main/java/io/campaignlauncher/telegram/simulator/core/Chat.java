package io.campaignlauncher.telegram.simulator.core;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A channel: its members and its messages, each with an id that is never used again. */
final class Chat {

    /** Further messages are a defect of whoever sends them. */
    private static final int MESSAGES_MAX = 100_000;

    final long id;
    final @Nullable String username;
    final String title;
    final Map<Long, Membership> members = new HashMap<>();
    final NavigableMap<Integer, Message> messages = new TreeMap<>();
    final Deque<Instant> sends = new ArrayDeque<>();
    boolean isProtected;
    int autoDeleteSeconds;
    @Nullable
    Integer pinned;
    private final Consumer<Message> kept;
    private int nextId = 1;

    /** @param kept is told of each message as it is from now on */
    Chat(long id, @Nullable String username, String title, Consumer<Message> kept) {
        this.id = id;
        this.username = username;
        this.title = title;
        this.kept = kept;
    }

    Membership membership(long userId) {
        return members.getOrDefault(userId, Membership.LEFT);
    }

    Message add(Author author, Content content, @Nullable JsonNode markup, Message.@Nullable Origin origin,
            boolean isMessageProtected, Instant now, Instant visibleFrom, @Nullable Integer replyTo) {
        if (messages.size() >= MESSAGES_MAX) {
            throw new IllegalStateException("more than " + MESSAGES_MAX + " messages in " + id);
        }
        var message = new Message(nextId++, id, now, null, author, content, markup, origin, isMessageProtected,
                visibleFrom, replyTo, false);
        put(message);
        return message;
    }

    private void put(Message message) {
        messages.put(message.id(), message);
        kept.accept(message);
    }

    /** A message of before, as it was at last. */
    void restore(Message message) {
        messages.put(message.id(), message);
        nextId = Math.max(nextId, message.id() + 1);
    }

    /** One that exists, whether or not reads find it yet. */
    Optional<Message> existing(int messageId) {
        return Optional.ofNullable(messages.get(messageId)).filter(message -> !message.deleted());
    }

    Message change(int messageId, UnaryOperator<Message> how) {
        return existing(messageId).map(message -> {
            var changed = how.apply(message);
            put(changed);
            return changed;
        }).orElseThrow(() -> new IllegalArgumentException("there is no message " + messageId + " in " + id));
    }

    void remove(int messageId) {
        change(messageId, Message::removed);
        if (pinned != null && pinned == messageId) {
            pinned = null;
        }
    }
}
