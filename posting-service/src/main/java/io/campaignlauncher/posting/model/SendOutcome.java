package io.campaignlauncher.posting.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of a message after the one request that was to send it. Reasons are for people and hold no secret. */
public sealed interface SendOutcome {

    /** It is there. @param content as it was answered @param photoFileId to send the photo again; null: none */
    record Posted(int messageId, MessageContent content, @Nullable String photoFileId) implements SendOutcome {}

    /** Certainly not there, and it never will be: Telegram names what is wrong with the content. */
    record ContentRefused(String reason) implements SendOutcome {}

    /** Certainly not there, for a reason that lies in the channel, the bot's rights or its token. */
    record PlaceRefused(String reason) implements SendOutcome {}

    /** Certainly not there: no byte of the request was written. */
    record NotSent(String reason) implements SendOutcome {}

    /** It may be there, or come to be. @param retryAfter how long Telegram wants to be left alone; zero: not said */
    record Unknown(String reason, Duration retryAfter) implements SendOutcome {}
}
