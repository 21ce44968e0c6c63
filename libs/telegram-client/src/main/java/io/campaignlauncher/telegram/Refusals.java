package io.campaignlauncher.telegram;

import io.campaignlauncher.telegram.ApiAnswer.Error;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The errors that are a definite no, by their exact texts. An error counts as one only when it names a reason: when Telegram ends a bot's
 * session, sends under way are answered with a bare 401, {@code Logged out}, {@code restart} or 429, and may have been carried out all the
 * same (telegram-bot-api 10.0, Client.cpp:9280 and 16271). What is not listed is therefore no definite no.
 *
 * <p>Source of the texts: telegram-bot-api 10.0 and td 1.8.66, as the clients teloxide, aiogram and python-telegram-bot know them too.
 */
final class Refusals {

    private static final String BAD = "Bad Request: ";
    private static final String FORBIDDEN = "Forbidden: ";

    /** The contents cannot be posted anywhere. */
    private static final Set<String> CONTENT = Stream.of("message text is empty", "message is too long",
            "message caption is too long", "MESSAGE_TOO_LONG", "text is too long", "unsupported parse_mode",
            "wrong file identifier/HTTP URL specified", "wrong HTTP URL specified", "failed to get HTTP URL content",
            "wrong type of the web page content", "there is no photo in the request", "BUTTON_URL_INVALID",
            "reply markup is too long").map(BAD::concat).collect(Collectors.toUnmodifiableSet());
    private static final List<String> CONTENT_BEGINS = Stream.of("can't parse entities: ",
            "can't parse inline keyboard button: ", "photo has unsupported extension").map(BAD::concat).toList();

    /** The bot may not, or not there. */
    private static final Set<String> PLACE = Stream.of(
            Stream.of("chat not found", "chat_id is empty", "need administrator rights in the channel chat",
                    "have no write access to the chat", "CHAT_WRITE_FORBIDDEN", "CHAT_ADMIN_REQUIRED",
                    "group chat was upgraded to a supergroup chat").map(BAD::concat),
            Stream.of("channel", "supergroup", "group").flatMap(kind -> Stream.of(
                    "bot was kicked from the " + kind + " chat", "bot is not a member of the " + kind + " chat"))
                    .map(FORBIDDEN::concat),
            Stream.of("the group chat was deleted", "user is deactivated", "bot was blocked by the user")
                    .map(FORBIDDEN::concat),
            Stream.of("Not Found", "Not Found: method not found", "Misdirected Request: unallowed token specified"))
            .flatMap(all -> all).collect(Collectors.toUnmodifiableSet());
    private static final List<String> PLACE_BEGINS = List.of(BAD + "not enough rights to send ");

    /** The prefix of a description belongs to its code, so that a code that does not fit makes a text worth nothing. */
    private static boolean fits(Error error) {
        var description = error.description();
        return switch (error.code()) {
            case 400 -> description.startsWith(BAD);
            case 403 -> description.startsWith(FORBIDDEN);
            case 404 -> description.startsWith("Not Found");
            case 421 -> description.startsWith("Misdirected Request");
            default -> false;
        };
    }

    private Refusals() {}

    static boolean isContent(Error error) {
        return fits(error) && (CONTENT.contains(error.description())
                || CONTENT_BEGINS.stream().anyMatch(error.description()::startsWith));
    }

    static boolean isPlace(Error error) {
        return fits(error) && (PLACE.contains(error.description())
                || PLACE_BEGINS.stream().anyMatch(error.description()::startsWith));
    }

    /** Whether it is this reason of a 400. */
    static boolean isBad(Error error, String reason) {
        return error.code() == 400 && error.description().equals(BAD + reason);
    }

    /** Whether it is a 400 that tells of the message, and not of the chat, the bot or its session. */
    static boolean isAboutMessage(Error error) {
        return error.code() == 400 && error.description().startsWith(BAD) && !isPlace(error)
                && !isBad(error, "Logged out");
    }
}
