package io.campaignlauncher.telegram.simulator.clients;

import com.google.gson.Gson;
import com.pengrad.telegrambot.TelegramBot;
import com.pengrad.telegrambot.model.MessageEntity;
import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import com.pengrad.telegrambot.model.request.ParseMode;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.request.CopyMessage;
import com.pengrad.telegrambot.request.DeleteMessage;
import com.pengrad.telegrambot.request.DeleteMessages;
import com.pengrad.telegrambot.request.EditMessageCaption;
import com.pengrad.telegrambot.request.EditMessageLiveLocation;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.ForwardMessage;
import com.pengrad.telegrambot.request.GetChat;
import com.pengrad.telegrambot.request.GetChatMember;
import com.pengrad.telegrambot.request.GetGameHighScores;
import com.pengrad.telegrambot.request.GetMe;
import com.pengrad.telegrambot.request.GetUpdates;
import com.pengrad.telegrambot.request.PinChatMessage;
import com.pengrad.telegrambot.request.SendMessage;
import com.pengrad.telegrambot.request.SendPhoto;
import com.pengrad.telegrambot.request.SetWebhook;
import com.pengrad.telegrambot.response.BaseResponse;
import com.pengrad.telegrambot.response.GetMeResponse;
import com.pengrad.telegrambot.response.MessagesResponse;
import java.net.URI;
import okhttp3.OkHttpClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Pengrad's client: form bodies, and multipart for files. */
final class FormClient implements Client {

    private static final Gson THEIRS = new Gson();
    private final OkHttpClient http;
    private final TelegramBot client;

    FormClient(URI baseUrl, String token, OkHttpClient http) {
        this.http = http;
        client = new TelegramBot.Builder(token).apiUrl(baseUrl + "/bot").okHttpClient(http).build();
    }

    private <T extends BaseRequest<T, R>, R extends BaseResponse> Outcome execute(BaseRequest<T, R> request) {
        R response = client.execute(request);
        var whole = JsonMapper.shared().readTree(THEIRS.toJson(response));
        var parameters = response.parameters();
        return new Outcome(response.isOk() ? 200 : response.errorCode(), String.valueOf(response.description()),
                parameters == null ? null : parameters.retryAfter(),
                // The client has no object for an answer that is nothing but "true".
                whole.has("result") ? whole.path("result") : JsonNodeFactory.instance.booleanNode(response.isOk()));
    }

    /** A method by any name. */
    private static final class Named extends BaseRequest<Named, GetMeResponse> {

        private final String name;

        Named(String name) {
            super(GetMeResponse.class);
            this.name = name;
        }

        @Override
        public String getMethod() {
            return name;
        }
    }

    /** A method that the client does not know yet. */
    private static final class PersonalMessages extends BaseRequest<PersonalMessages, MessagesResponse> {

        PersonalMessages(long userId, int limit) {
            super(MessagesResponse.class);
            add("user_id", userId);
            add("limit", limit);
        }

        @Override
        public String getMethod() {
            return "getUserPersonalChatMessages";
        }
    }

    /** A chat's number as a number, its name as a text. */
    private static Object reference(String chat) {
        return chat.startsWith("@") ? chat : Long.valueOf(chat);
    }

    @Override
    public Outcome me() {
        return execute(new GetMe());
    }

    @Override
    public Outcome meInOddCase() {
        return execute(new Named("GETME"));
    }

    @Override
    public Outcome noSuchMethod() {
        return execute(new Named("sendPigeon"));
    }

    @Override
    public Outcome chat(String chat) {
        return execute(new GetChat(reference(chat)));
    }

    @Override
    public Outcome member(String chat, long userId) {
        return execute(new GetChatMember(reference(chat), userId));
    }

    @Override
    public Outcome text(String chat, String text, String mode) {
        var send = new SendMessage(chat, text);
        return execute(mode.isEmpty() ? send : send.parseMode(ParseMode.valueOf(mode)));
    }

    @Override
    public Outcome boldText(String chat, String text, int offset, int length) {
        return execute(new SendMessage(chat, text)
                .entities(new MessageEntity(MessageEntity.Type.bold, offset, length)));
    }

    @Override
    public Outcome textWithButton(String chat, String text, String label, String url) {
        return execute(new SendMessage(chat, text)
                .replyMarkup(new InlineKeyboardMarkup(new InlineKeyboardButton(label).url(url))));
    }

    @Override
    public Outcome photo(String chat, byte[] photo, String caption) {
        return execute(new SendPhoto(chat, photo).caption(caption));
    }

    @Override
    public Outcome photo(String chat, String fileId) {
        return execute(new SendPhoto(chat, fileId));
    }

    @Override
    public Outcome editText(String chat, int id, String text) {
        return execute(new EditMessageText(reference(chat), id, text));
    }

    @Override
    public Outcome editCaption(String chat, int id, String caption) {
        return execute(new EditMessageCaption(reference(chat), id).caption(caption));
    }

    @Override
    public Outcome liveLocation(String chat, int id) {
        return execute(new EditMessageLiveLocation(reference(chat), id, 0, 0));
    }

    @Override
    public Outcome gameHighScores(long userId, String chat, int id) {
        return execute(new GetGameHighScores(userId, reference(chat), id));
    }

    @Override
    public Outcome forward(String to, String from, int id) {
        return execute(new ForwardMessage(to, from, id));
    }

    @Override
    public Outcome copy(String to, String from, int id) {
        return execute(new CopyMessage(to, from, id));
    }

    @Override
    public Outcome delete(String chat, int id) {
        return execute(new DeleteMessage(reference(chat), id));
    }

    @Override
    public Outcome deleteMany(String chat, int... ids) {
        return execute(new DeleteMessages(reference(chat), ids));
    }

    @Override
    public Outcome pin(String chat, int id) {
        return execute(new PinChatMessage(reference(chat), id));
    }

    @Override
    public Outcome updates(int offset, int timeoutSeconds) {
        return execute(new GetUpdates().offset(offset).timeout(timeoutSeconds));
    }

    @Override
    public Outcome webhook(String url) {
        return execute(new SetWebhook().url(url));
    }

    @Override
    public Outcome personalMessages(long userId, int limit) {
        return execute(new PersonalMessages(userId, limit));
    }

    @Override
    public void close() {
        client.shutdown();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
