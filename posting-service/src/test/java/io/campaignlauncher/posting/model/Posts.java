package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Commands and contents for tests. */
public final class Posts {

    public static final long CHANNEL = -1_001_000_000_001L;
    public static final long LOG = -1_001_000_000_999L;
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Posts() {}

    public static PublishPost command() {
        return command(UUID.randomUUID());
    }

    public static PublishPost command(UUID jobId) {
        return command(jobId, CHANNEL, START.plus(Duration.ofHours(1)));
    }

    public static PublishPost command(UUID jobId, long chatId, Instant notAfter) {
        return new PublishPost(jobId, UUID.nameUUIDFromBytes(jobId.toString().getBytes(
                StandardCharsets.UTF_8)), chatId,
                new PostContent("Buy a lamp", List.of(new TextEntity("bold", 0, 3, null)), null,
                        "More"),
                marker(jobId), null, notAfter, "local", "u-1", START);
    }

    /** @param at when it was asked for */
    public static PublishPost sent(Instant at) {
        var c = command();
        return new PublishPost(c.jobId(), c.targetId(), c.chatId(), c.content(), c.markerUrl(), c.notBefore(),
                c.notAfter(), c.tenant(), c.ownerId(), at);
    }

    public static String marker(UUID jobId) {
        return "https://go.example.com/t/" + jobId;
    }

    /** As Telegram shows the post of this command. */
    public static MessageContent shown(PublishPost command) {
        var post = ComposedPost.of(command, null);
        return new MessageContent(post.text(), post.entities(), null, List.of(command.markerUrl()));
    }

    /** A post of another job. */
    public static MessageContent another() {
        return shown(command());
    }
}
