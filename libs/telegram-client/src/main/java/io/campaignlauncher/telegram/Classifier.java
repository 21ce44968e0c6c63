package io.campaignlauncher.telegram;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.telegram.ApiAnswer.Error;
import io.campaignlauncher.telegram.ApiAnswer.Ok;
import io.campaignlauncher.telegram.ApiAnswer.Unreadable;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What follows from an answer, as pure functions. The rule for a post: it is refused only by an error that names its reason, posted
 * only by an answer that shows it, and unknown in every other case, a 429 included.
 */
final class Classifier {

    private static final int CONTENT_TOO_LARGE = 413;

    private Classifier() {}

    static SendResult send(HttpAnswer answer, Post post) {
        if (answer.status() == CONTENT_TOO_LARGE) {
            return new SendResult.RefusedContent("HTTP 413, the request is too large");
        }
        return switch (ApiAnswer.of(answer)) {
            case Ok(var result) -> posted(result, post);
            case Error error when Refusals.isContent(error) -> new SendResult.RefusedContent(error.description());
            case Error error when Refusals.isPlace(error) -> new SendResult.RefusedPlace(error.description());
            case Error error -> new SendResult.Unknown(error.description(), error.retryAfter());
            case Unreadable unreadable -> new SendResult.Unknown(unreadable.what(), unreadable.retryAfter());
        };
    }

    private static SendResult posted(JsonNode result, Post post) {
        var message = MessageReader.message(result).filter(read -> read.chatId() == post.chatId());
        if (message.isEmpty()) {
            return new SendResult.Unknown("a yes that shows no message of this chat", null);
        }
        return post.marker() == null || message.get().links().contains(post.marker())
                ? new SendResult.Posted(message.get())
                : new SendResult.Unknown("a yes that shows a message without the marker", null);
    }

    static SendResult send(Unanswered failure) {
        return failure.reason().mayHaveLeft() ? new SendResult.Unknown(told(failure), null)
                : new SendResult.NotSent(told(failure));
    }

    /** Of {@code editMessageLiveLocation}. */
    static ProbeResult probe(HttpAnswer answer) {
        return switch (ApiAnswer.of(answer)) {
            case Ok _ -> new ProbeResult.Inconclusive("a live location was edited where none was expected", null);
            case Error error when isNothing(error, "message to edit not found") -> new ProbeResult.Nothing();
            case Error error when Refusals.isBad(error, "message can't be edited") -> new ProbeResult.NotOurs();
            case Error error when Refusals.isBad(error, "there is no live location in the message to edit") ->
                new ProbeResult.Ours();
            case Error error -> new ProbeResult.Inconclusive(error.description(), error.retryAfter());
            case Unreadable unreadable -> new ProbeResult.Inconclusive(unreadable.what(), unreadable.retryAfter());
        };
    }

    /** Of {@code getGameHighScores}. */
    static ProbeResult gameProbe(HttpAnswer answer) {
        return switch (ApiAnswer.of(answer)) {
            case Ok _ -> new ProbeResult.Something();
            case Error error when isNothing(error, "message to get game high scores not found") ->
                new ProbeResult.Nothing();
            case Error error when Refusals.isAboutMessage(error) -> new ProbeResult.Something();
            case Error error -> new ProbeResult.Inconclusive(error.description(), error.retryAfter());
            case Unreadable unreadable -> new ProbeResult.Inconclusive(unreadable.what(), unreadable.retryAfter());
        };
    }

    static ProbeResult probe(Unanswered failure) {
        return new ProbeResult.Inconclusive(told(failure), null);
    }

    static ForwardResult forward(HttpAnswer answer, long fromChatId, int messageId, long toChatId) {
        return switch (ApiAnswer.of(answer)) {
            case Ok(var result) -> MessageReader.message(result)
                    .filter(copy -> copy.chatId() == toChatId && isFrom(copy.origin(), fromChatId, messageId))
                    .<ForwardResult>map(ForwardResult.Forwarded::new)
                    .orElse(new ForwardResult.Inconclusive("a yes that does not show the message asked for", null));
            case Error error when isNothing(error, "message to forward not found") -> new ForwardResult.Nothing();
            case Error error when Refusals.isBad(error, "messages can't be forwarded")
                    || Refusals.isBad(error, "the message can't be forwarded")
                    || Refusals.isBad(error, "message has protected content and can't be forwarded") ->
                new ForwardResult.Unforwardable(error.description());
            case Error error -> new ForwardResult.Inconclusive(error.description(), error.retryAfter());
            case Unreadable unreadable -> new ForwardResult.Inconclusive(unreadable.what(), unreadable.retryAfter());
        };
    }

    private static boolean isFrom(Message.@Nullable Origin origin, long chatId, int messageId) {
        return origin != null && origin.chatId() == chatId && origin.messageId() == messageId;
    }

    static ForwardResult forward(Unanswered failure) {
        return new ForwardResult.Inconclusive(told(failure), null);
    }

    static ChangeResult deletion(HttpAnswer answer) {
        return switch (ApiAnswer.of(answer)) {
            case Ok(var result) -> result.asBoolean(false) ? new ChangeResult.Done()
                    : new ChangeResult.Unknown("a yes that says nothing", null);
            case Error error when isNothing(error, "message to delete not found") -> new ChangeResult.NotThere();
            case Error error when Refusals.isPlace(error) || Refusals.isBad(error, "message can't be deleted")
                    || Refusals.isBad(error, "message can't be deleted for everyone") ->
                new ChangeResult.Refused(error.description());
            case Error error -> new ChangeResult.Unknown(error.description(), error.retryAfter());
            case Unreadable unreadable -> new ChangeResult.Unknown(unreadable.what(), unreadable.retryAfter());
        };
    }

    static ChangeResult edit(HttpAnswer answer, long chatId, int messageId) {
        return switch (ApiAnswer.of(answer)) {
            case Ok(var result) -> MessageReader.message(result)
                    .filter(message -> message.chatId() == chatId && message.id() == messageId)
                    .<ChangeResult>map(_ -> new ChangeResult.Done())
                    .orElse(new ChangeResult.Unknown("a yes that shows another message", null));
            case Error error when error.code() == 400
                    && error.description().startsWith("Bad Request: message is not modified") ->
                new ChangeResult.Done();
            case Error error when isNothing(error, "message to edit not found") -> new ChangeResult.NotThere();
            case Error error when Refusals.isPlace(error) || Refusals.isContent(error)
                    || Refusals.isBad(error, "message can't be edited")
                    || Refusals.isBad(error, "there is no text in the message to edit")
                    || Refusals.isBad(error, "there is no caption in the message to edit") ->
                new ChangeResult.Refused(error.description());
            case Error error -> new ChangeResult.Unknown(error.description(), error.retryAfter());
            case Unreadable unreadable -> new ChangeResult.Unknown(unreadable.what(), unreadable.retryAfter());
        };
    }

    static ChangeResult change(Unanswered failure) {
        return new ChangeResult.Unknown(told(failure), null);
    }

    static <T> ReadResult<T> read(HttpAnswer answer, Function<JsonNode, Optional<T>> reader) {
        return switch (ApiAnswer.of(answer)) {
            case Ok(var result) -> reader.apply(result).<ReadResult<T>>map(ReadResult.Found::new)
                    .orElse(new ReadResult.Unread<>("a yes that does not show what was asked for", null));
            case Error error when error.code() == 401 || Refusals.isPlace(error)
                    || Refusals.isAboutMessage(error) ->
                new ReadResult.Refused<>(error.description());
            case Error error -> new ReadResult.Unread<>(error.description(), error.retryAfter());
            case Unreadable unreadable -> new ReadResult.Unread<>(unreadable.what(), unreadable.retryAfter());
        };
    }

    static <T> ReadResult<T> read(Unanswered failure) {
        return new ReadResult.Unread<>(told(failure), null);
    }

    /** {@code MESSAGE_ID_INVALID} is what Telegram's own servers say of a message that was there. */
    private static boolean isNothing(Error error, String notFound) {
        return Refusals.isBad(error, notFound) || Refusals.isBad(error, "MESSAGE_ID_INVALID");
    }

    private static String told(Unanswered failure) {
        return String.valueOf(failure.getMessage());
    }
}
