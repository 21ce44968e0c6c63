package io.campaignlauncher.posting.kafka;

import io.campaignlauncher.posting.model.PostContent;
import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.ResolvePost;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes commands of messages. Whatever breaks a rule is an {@link IllegalArgumentException} that names the field. */
final class CommandReader {

    /** What a link is called whose host is not known, or has no room. */
    static final String NO_HOST = "Open the link";
    /** What the link is called by which a post without one of its own is known. */
    static final String NO_LINK = "Sponsored";

    /** As long as a header of our reports may be. */
    private static final int NAME_MAX = 500;

    private final String markerHost;

    CommandReader(String markerHost) {
        this.markerHost = markerHost;
    }

    /** @param sentAt as the record says */
    PostingCommand.PublishPost publish(PublishPost message, Instant sentAt) {
        var jobId = id("postJobId", message.getPostJobId());
        var post = message.getPost();
        if (message.getNotAfter() == null) {
            throw new IllegalArgumentException("notAfter must be set");
        }
        var content = new PostContent(post.getText(), List.of(), photo(post.getPhoto()), label(post.getLink()));
        return new PostingCommand.PublishPost(jobId, id("targetId", message.getTargetId()), message.getChatId(),
                content, "https://" + markerHost + "/t/" + jobId, post.getPostAt(), message.getNotAfter(),
                name("tenant", message.getTenant()), name("owner", message.getOwner()),
                sentAt);
    }

    PostingCommand.ResolvePost resolve(ResolvePost message) {
        var messageId = message.getMessageId();
        if (messageId != null && (messageId < 1 || messageId > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("messageId must be 1 to " + Integer.MAX_VALUE + ": " + messageId);
        }
        return new PostingCommand.ResolvePost(id("postJobId", message.getPostJobId()),
                messageId == null ? null : messageId.intValue(), name("by", message.getBy()));
    }

    private static UUID id(String field, String text) {
        try {
            var id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + " must be a UUID", e);
        }
        throw new IllegalArgumentException(field + " must be a UUID");
    }

    /** It travels in the headers of reports. */
    private static String name(String field, String text) {
        if (text.isBlank() || text.length() > NAME_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    field + " must have 1 to " + NAME_MAX + " characters, none of them a control character");
        }
        return text;
    }

    /** Telegram takes whatever is no address for the id of a file. */
    private static @Nullable String photo(@Nullable String address) {
        if (address != null && !address.startsWith("https://") && !address.startsWith("http://")) {
            throw new IllegalArgumentException("photo must be an http or https address");
        }
        return address;
    }

    /** Readers see where the link leads. */
    private static String label(@Nullable String link) {
        if (link == null) {
            return NO_LINK;
        }
        try {
            var host = URI.create(link).getHost();
            return host == null || host.length() > PostContent.LABEL_MAX ? NO_HOST : host;
        } catch (IllegalArgumentException unusual) {
            return NO_HOST;
        }
    }
}
