package io.campaignlauncher.market.messages;

import io.campaignlauncher.schemas.PostedMessage;
import io.campaignlauncher.schemas.PostingStarted;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.ResolvePost;
import io.campaignlauncher.schemas.UnknownPostDecided;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the posting service is to do because of an event. */
public final class PostCommandInEvent {

    /** Names of the events that may hold a command. */
    public static final Set<String> HOLDERS = Set.of(PostingStarted.getClassSchema().getName(),
            UnknownPostDecided.getClassSchema().getName());

    private PostCommandInEvent() {}

    /** Empty where nothing is to be done: also for what goes to Facebook. */
    public static Optional<SpecificRecord> of(SpecificRecord event) {
        return Optional.ofNullable(switch (event) {
            case PostingStarted started -> publish(started);
            case UnknownPostDecided decided when !decided.getLaunch() ->
                new ResolvePost(decided.getPostJobId(), decided.getTargetId(),
                        decided.getPosted() ? messageId(decided.getMessage()) : null, decided.getBy().getUserId());
            default -> null;
        });
    }

    private static @Nullable SpecificRecord publish(PostingStarted started) {
        var post = started.getPlace().getTelegram();
        var chatId = started.getChatId();
        return post == null || chatId == null ? null
                : new PublishPost(started.getPostJobId(), started.getTargetId(), chatId, post, started.getDeadline(),
                        started.getBy().getTenant(), started.getBy().getUserId());
    }

    private static @Nullable Long messageId(@Nullable PostedMessage message) {
        return message == null ? null : message.getMessageId();
    }
}
