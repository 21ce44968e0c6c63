package io.campaignlauncher.market.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a target goes, and what is to be published there. */
public sealed interface Place {

    /** Not to be published before; null: as soon as it may. */
    @Nullable
    Instant postAt();

    /** Whether it is a launch on Facebook. */
    default boolean isLaunch() {
        return switch (this) {
            case TelegramPost _ -> false;
            case FacebookLaunch _ -> true;
        };
    }

    /**
     * A post in a channel of Telegram.
     *
     * @param link  a button below the text; http or https
     * @param photo an address, http or https; the text is its caption then
     */
    record TelegramPost(UUID channelId, String text, @Nullable String link, @Nullable String photo,
            @Nullable Instant postAt) implements Place {

        public TelegramPost {
            postAt = postAt == null ? null : Times.millis(postAt);
        }
    }

    /**
     * A launch on Facebook.
     *
     * @param adAccountId {@code act_} and digits
     * @param request     of a launch, as canonical JSON; checked by the rules of launches before it comes here
     */
    record FacebookLaunch(String adAccountId, String request, @Nullable Instant postAt) implements Place {

        public FacebookLaunch {
            postAt = postAt == null ? null : Times.millis(postAt);
        }
    }
}
