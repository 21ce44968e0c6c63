package io.campaignlauncher.market.model;

/**
 * Where a post is.
 *
 * @param chatId    Telegram's number of the chat; of a launch on Facebook the digits of its ad account
 * @param messageId the number of the message there; of a launch its campaign's
 * @param link      for people; it does not tell messages apart
 */
public record Message(long chatId, long messageId, String link) {

    public Message {
        link = Words.storable(link);
    }

    boolean isSameAs(Message other) {
        return chatId == other.chatId && messageId == other.messageId;
    }
}
