package io.campaignlauncher.posting.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a channel.
 *
 * @param mark       the highest message id that was seen there; null: none was looked for yet
 * @param controls   ids of messages that were there, newest first: a read that shows none of them shows nothing
 * @param username   null: a private channel, or not checked yet
 * @param checkedAt  when the bot's rights were found good; null: never
 * @param heldFor    why nothing is sent there; null: it may be
 * @param heldUntil  when to check it again; null: it is not held
 * @param lastSendAt when the latest attempt began; null: none did
 * @param posts      ours, by id
 */
public record ChannelState(long chatId, @Nullable Integer mark, List<Integer> controls, @Nullable String username,
        @Nullable Instant checkedAt, @Nullable String heldFor, @Nullable Instant heldUntil,
        @Nullable Instant lastSendAt, List<KnownPost> posts) {

    /** Any of them may be deleted at any time. */
    static final int CONTROLS_MAX = 3;

    public ChannelState {
        controls = List.copyOf(controls);
        posts = List.copyOf(posts);
    }

    /** A post of ours. @param begunAt when its attempt began */
    public record KnownPost(int messageId, UUID jobId, Instant begunAt) {}

    public static ChannelState unknown(long chatId) {
        return new ChannelState(chatId, null, List.of(), null, null, null, null, null, List.of());
    }

    /** The same with these posts in place of those that it knew. */
    public ChannelState knowing(List<KnownPost> all) {
        return new ChannelState(chatId, mark, controls, username, checkedAt, heldFor, heldUntil, lastSendAt, all);
    }

    /** @param ids of messages that are there, just now */
    ChannelState seen(Collection<Integer> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        var newest = Stream.concat(ids.stream(), controls.stream()).distinct()
                .sorted(Comparator.reverseOrder()).limit(CONTROLS_MAX).toList();
        var highest = Math.max(mark == null ? 0 : mark, newest.getFirst());
        return new ChannelState(chatId, highest, newest, username, checkedAt, heldFor, heldUntil, lastSendAt, posts);
    }

    /** One of the controls was asked for while another one was there, and is not. */
    ChannelState without(Collection<Integer> goneControls) {
        return new ChannelState(chatId, mark, controls.stream().filter(id -> !goneControls.contains(id)).toList(),
                username, checkedAt, heldFor, heldUntil, lastSendAt, posts);
    }

    /** Nothing was there. */
    ChannelState empty() {
        return mark != null ? this
                : new ChannelState(chatId, 0, controls, username, checkedAt, heldFor, heldUntil, lastSendAt, posts);
    }

    ChannelState ready(@Nullable String newUsername, Instant now) {
        return new ChannelState(chatId, mark, controls, newUsername, now, null, null, lastSendAt, posts);
    }

    ChannelState held(String why, Instant until) {
        return new ChannelState(chatId, mark, controls, username, null, why, until, lastSendAt, posts);
    }

    /** A post that was just made. */
    ChannelState posted(KnownPost post) {
        return new ChannelState(chatId, mark, controls, username, checkedAt, heldFor, heldUntil, lastSendAt,
                Stream.concat(posts.stream().filter(one -> one.messageId() != post.messageId()), Stream.of(post))
                        .toList())
                .seen(List.of(post.messageId()));
    }

    /**
     * With the post of a job, also where nobody but a person has said which one it is: else another job would take it for its own. A
     * person's word moves no mark.
     */
    public ChannelState knowing(PostProgress job) {
        var id = job.posted().map(PostAttempt::messageId).orElse(null);
        if (id == null || posts.stream().anyMatch(one -> one.messageId() == id)) {
            return this;
        }
        var post = new KnownPost(id, job.command().jobId(), job.posted().orElseThrow().begunAt());
        return knowing(Stream.concat(posts.stream(), Stream.of(post)).toList());
    }

    /** The highest id that certainly was given away. */
    int top() {
        return IntStream.concat(IntStream.of(mark == null ? 0 : mark),
                posts.stream().mapToInt(KnownPost::messageId)).max().orElse(0);
    }
}
