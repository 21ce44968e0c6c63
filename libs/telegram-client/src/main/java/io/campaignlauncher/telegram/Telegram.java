package io.campaignlauncher.telegram;

import reactor.core.publisher.Mono;

/**
 * What a bot does in channels. Each subscription sends its request at most once and ends within {@code telegram.timeout}; what went
 * wrong is in the result, never in an error signal. A chat is named by its number.
 */
public interface Telegram {

    /** Posts, once. */
    Mono<SendResult> send(Post post);

    /**
     * Asks whether the bot could change the place of a live location, which neither a text nor a photo has. Changes nothing, costs one
     * read: the check of the content stands before any request to change (td 1.8.66, MessagesManager.cpp:23417).
     */
    Mono<ProbeResult> probe(long chatId, int messageId);

    /** Asks for the scores of a game. Changes nothing and needs only the right to read: a second opinion. */
    Mono<ProbeResult> probeByGame(long chatId, int messageId);

    /** Reads a message by forwarding it, which leaves a message in the other chat. */
    Mono<ForwardResult> forward(long fromChatId, int messageId, long toChatId);

    /** Within 48 hours of the post. */
    Mono<ChangeResult> delete(long chatId, int messageId);

    /** Replaces the text of a post, and removes its buttons. */
    Mono<ChangeResult> editText(long chatId, int messageId, String text);

    /** Replaces the caption of a photo, and removes its buttons. */
    Mono<ChangeResult> editCaption(long chatId, int messageId, String caption);

    /** Who the token belongs to. */
    Mono<ReadResult<BotUser>> me();

    /** @param reference {@code @name} or a number */
    Mono<ReadResult<ChatInfo>> chat(String reference);

    Mono<ReadResult<ChatMember>> member(long chatId, long userId);
}
