package io.campaignlauncher.telegram.simulator.clients;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import okhttp3.OkHttpClient;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.CopyMessage;
import org.telegram.telegrambots.meta.api.methods.ForwardMessage;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.api.methods.games.GetGameHighScores;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChat;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatMember;
import org.telegram.telegrambots.meta.api.methods.pinnedmessages.PinChatMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessages;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageCaption;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageLiveLocation;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.methods.user.GetUserPersonalChatMessages;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;
import tools.jackson.databind.json.JsonMapper;

/** TelegramBots: JSON bodies, and multipart for files. */
final class JsonClient implements Client {

    private static final ObjectMapper THEIRS = new ObjectMapper();
    private final OkHttpClient http;
    private final OkHttpTelegramClient client;

    JsonClient(URI baseUrl, String token, OkHttpClient http) {
        this.http = http;
        client = new OkHttpTelegramClient(http, token, TelegramUrl.builder().schema(baseUrl.getScheme()).host(baseUrl
                .getHost()).port(baseUrl.getPort()).testServer(false).build());
    }

    private interface Executing {
        Object execute() throws TelegramApiException;
    }

    private <T extends Serializable> Outcome execute(BotApiMethod<T> method) {
        return outcome(() -> client.execute(method));
    }

    private static Outcome outcome(Executing call) {
        try {
            return new Outcome(200, "", null,
                    JsonMapper.shared().readTree(THEIRS.writeValueAsString(call.execute())));
        } catch (TelegramApiRequestException e) {
            if (e.getErrorCode() == null) {
                throw new IllegalStateException(e);
            }
            var parameters = e.getParameters();
            return new Outcome(e.getErrorCode(), String.valueOf(e.getApiResponse()),
                    parameters == null ? null : parameters.getRetryAfter(), JsonMapper.shared().nullNode());
        } catch (TelegramApiException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A method by any name. */
    private static final class Named extends BotApiMethod<User> {

        private static final long serialVersionUID = 1L;

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        @JsonProperty("method")
        public String getMethod() {
            return name;
        }

        @Override
        public User deserializeResponse(String answer) throws TelegramApiRequestException {
            return deserializeResponse(answer, User.class);
        }
    }

    @Override
    public Outcome me() {
        return execute(new Named("getMe"));
    }

    @Override
    public Outcome meInOddCase() {
        return execute(new Named("GETme"));
    }

    @Override
    public Outcome noSuchMethod() {
        return execute(new Named("sendPigeon"));
    }

    @Override
    public Outcome chat(String chat) {
        return execute(GetChat.builder().chatId(chat).build());
    }

    @Override
    public Outcome member(String chat, long userId) {
        return execute(GetChatMember.builder().chatId(chat).userId(userId).build());
    }

    @Override
    public Outcome text(String chat, String text, String mode) {
        var send = SendMessage.builder().chatId(chat).text(text);
        return execute((mode.isEmpty() ? send : send.parseMode(mode)).build());
    }

    @Override
    public Outcome boldText(String chat, String text, int offset, int length) {
        return execute(SendMessage.builder().chatId(chat).text(text)
                .entities(List.of(MessageEntity.builder().type("bold").offset(offset).length(length).build()))
                .build());
    }

    @Override
    public Outcome textWithButton(String chat, String text, String label, String url) {
        return execute(SendMessage.builder().chatId(chat).text(text)
                .replyMarkup(InlineKeyboardMarkup.builder()
                        .keyboardRow(new InlineKeyboardRow(InlineKeyboardButton.builder().text(label).url(url)
                                .build()))
                        .build())
                .build());
    }

    @Override
    public Outcome photo(String chat, byte[] photo, String caption) {
        return outcome(() -> client.execute(SendPhoto.builder().chatId(chat).caption(caption)
                .photo(new InputFile(new ByteArrayInputStream(photo), "photo.png")).build()));
    }

    @Override
    public Outcome photo(String chat, String fileId) {
        return outcome(() -> client.execute(SendPhoto.builder().chatId(chat).photo(new InputFile(fileId)).build()));
    }

    @Override
    public Outcome editText(String chat, int id, String text) {
        return execute(EditMessageText.builder().chatId(chat).messageId(id).text(text).build());
    }

    @Override
    public Outcome editCaption(String chat, int id, String caption) {
        return execute(EditMessageCaption.builder().chatId(chat).messageId(id).caption(caption).build());
    }

    @Override
    public Outcome liveLocation(String chat, int id) {
        return execute(EditMessageLiveLocation.builder().chatId(chat).messageId(id).latitude(0.0).longitude(0.0)
                .build());
    }

    @Override
    public Outcome gameHighScores(long userId, String chat, int id) {
        return execute(GetGameHighScores.builder().userId(userId).chatId(chat).messageId(id).build());
    }

    @Override
    public Outcome forward(String to, String from, int id) {
        return execute(ForwardMessage.builder().chatId(to).fromChatId(from).messageId(id).build());
    }

    @Override
    public Outcome copy(String to, String from, int id) {
        return execute(CopyMessage.builder().chatId(to).fromChatId(from).messageId(id).build());
    }

    @Override
    public Outcome delete(String chat, int id) {
        return execute(DeleteMessage.builder().chatId(chat).messageId(id).build());
    }

    @Override
    public Outcome deleteMany(String chat, int... ids) {
        return execute(DeleteMessages.builder().chatId(chat).messageIds(Arrays.stream(ids).boxed().toList()).build());
    }

    @Override
    public Outcome pin(String chat, int id) {
        return execute(PinChatMessage.builder().chatId(chat).messageId(id).build());
    }

    @Override
    public Outcome updates(int offset, int timeoutSeconds) {
        return execute(GetUpdates.builder().offset(offset).timeout(timeoutSeconds).build());
    }

    @Override
    public Outcome webhook(String url) {
        return outcome(() -> client.execute(SetWebhook.builder().url(url).build()));
    }

    @Override
    public Outcome personalMessages(long userId, int limit) {
        return execute(GetUserPersonalChatMessages.builder().userId(userId).limit(limit).build());
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
