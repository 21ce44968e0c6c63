package io.campaignlauncher.market.messages;

import io.campaignlauncher.market.model.Cause;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.schemas.FacebookLaunch;
import io.campaignlauncher.schemas.MarketCause;
import io.campaignlauncher.schemas.PostedMessage;
import io.campaignlauncher.schemas.TargetPlace;
import io.campaignlauncher.schemas.TelegramPost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What several events have, as parts of messages, and back. */
final class Values {

    private Values() {}

    static MarketCause cause(Cause by) {
        return new MarketCause(by.userId(), by.role().word(), by.tenant(), by.correlationId());
    }

    static Cause cause(MarketCause by) {
        return new Cause(by.getUserId(),
                Role.named(by.getRole()).orElseThrow(() -> new IllegalArgumentException("no role: " + by.getRole())),
                by.getTenant(), by.getCorrelationId());
    }

    static TargetPlace place(Place place) {
        return switch (place) {
            case Place.TelegramPost post -> new TargetPlace(new TelegramPost(post.channelId().toString(), post.text(),
                    post.link(), post.photo(), post.postAt()), null);
            case Place.FacebookLaunch launch -> new TargetPlace(null,
                    new FacebookLaunch(launch.adAccountId(), launch.request(), launch.postAt()));
        };
    }

    static Place place(TargetPlace place) {
        var post = place.getTelegram();
        if (post != null) {
            return new Place.TelegramPost(uuid(post.getChannelId()), post.getText(), post.getLink(), post.getPhoto(),
                    post.getPostAt());
        }
        var launch = present(place.getFacebook(), "place");
        return new Place.FacebookLaunch(launch.getAdAccountId(), launch.getRequest(), launch.getPostAt());
    }

    static PostedMessage message(Message message) {
        return new PostedMessage(message.chatId(), message.messageId(), message.link());
    }

    static Message message(PostedMessage message) {
        return new Message(message.getChatId(), message.getMessageId(), message.getLink());
    }

    static @Nullable PostedMessage messageOrNull(@Nullable Message message) {
        return message == null ? null : message(message);
    }

    static @Nullable Message messageOrNull(@Nullable PostedMessage message) {
        return message == null ? null : message(message);
    }

    static Money money(String amount) {
        return new Money(new BigDecimal(amount));
    }

    static UUID uuid(String id) {
        return UUID.fromString(id);
    }

    static @Nullable UUID uuidOrNull(@Nullable String id) {
        return id == null ? null : UUID.fromString(id);
    }

    static @Nullable String textOrNull(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    /** Times are stored in milliseconds. */
    static Instant time(@Nullable Instant time) {
        return present(time, "time");
    }

    static <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("a message lacks its " + what);
        }
        return value;
    }

    /** The constant that is called so outside. */
    static <E extends Enum<E>> E constant(E[] all, Function<E, String> word, String wanted) {
        return Arrays.stream(all).filter(one -> word.apply(one).equals(wanted)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such word: " + wanted));
    }
}
