package io.campaignlauncher.posting.model;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be asked of the posting service. Any of it may be delivered twice. */
public sealed interface PostingCommand {

    /** The post job, which names the post for good. */
    UUID jobId();

    /**
     * Makes one post, or none. The same job again is the same post.
     *
     * @param targetId  what the post is for
     * @param chatId    of the channel, as Telegram numbers it: negative
     * @param markerUrl {@code https://<host>/t/<job id>}: the link in the post by which it is known as this job's. Of this job alone
     * @param notBefore null: as soon as it may
     * @param notAfter  later no attempt is begun
     * @param ownerId   who asked for it
     * @param sentAt    when, by the sender's clock; null: an earlier release took it and did not keep that
     */
    record PublishPost(UUID jobId, UUID targetId, long chatId, PostContent content, String markerUrl,
            @Nullable Instant notBefore, Instant notAfter, String tenant, String ownerId,
            @Nullable Instant sentAt) implements PostingCommand {

        public PublishPost {
            if (chatId >= 0) {
                throw new IllegalArgumentException("chatId must be that of a channel, a negative number: " + chatId);
            }
            var marker = URI.create(markerUrl);
            if (!"https".equals(marker.getScheme()) || marker.getHost() == null
                    || !marker.getHost().equals(marker.getHost().toLowerCase(Locale.ROOT))
                    || !("/t/" + jobId).equals(marker.getRawPath())) {
                throw new IllegalArgumentException(
                        "markerUrl must be https://<host>/t/" + jobId + ", the host in small letters");
            }
        }

        /** Tells one content of a job from another. */
        public String requestHash() {
            return ComposedPost.of(this, null).hash();
        }
    }

    /** Takes the post back: afterwards there is none, and none will come. @param reason for people */
    record WithdrawPost(UUID jobId, String reason) implements PostingCommand {}

    /**
     * A person has looked, and says what became of a post that could not be found out.
     *
     * @param messageId where it is; null: there is none, and there shall be none
     * @param by        who says so
     */
    record ResolvePost(UUID jobId, @Nullable Integer messageId, String by) implements PostingCommand {}
}
