package io.campaignlauncher.telegram;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.RequestMeters;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.telemetry.TraceSpan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Bot API for one bot, over any transport: makes requests, reads answers, says what is known, counts and times. Holds no thread and no
 * timer of its own. Close it to give up its connections.
 */
public final class HttpTelegram implements Telegram, AutoCloseable {

    private final TelegramTransport transport;
    private final long botId;
    private final Duration timeout;
    private final RequestMeters<ApiMethod, Call.Outcome> meters;

    /**
     * @param botId    whose token the transport has
     * @param timeout  of a request
     * @param registry null: nothing is measured
     */
    public HttpTelegram(TelegramTransport transport, long botId, Duration timeout, @Nullable MeterRegistry registry) {
        this.transport = transport;
        this.botId = botId;
        this.timeout = timeout;
        meters = new RequestMeters<>(registry == null ? new CompositeMeterRegistry() : registry, "telegram",
                "the Telegram Bot API", ApiMethod.class, Call.Outcome.class, EnumSet.of(Call.Outcome.NOT_SENT));
    }

    /** Over HTTP. @param registry null: nothing is measured */
    public static HttpTelegram over(TelegramSettings settings, BotToken token, @Nullable MeterRegistry registry) {
        return new HttpTelegram(new HttpTransport(settings, token), token.botId(), settings.timeout(), registry);
    }

    @Override
    public Mono<SendResult> send(Post post) {
        var method = switch (post.content()) {
            case Post.Content.Text _ -> ApiMethod.SEND_MESSAGE;
            case Post.Content.Photo _,Post.Content.Upload _ -> ApiMethod.SEND_PHOTO;
        };
        return call(method, RequestWriter.of(post), answer -> Classifier.send(answer, post), Classifier::send);
    }

    @Override
    public Mono<ProbeResult> probe(long chatId, int messageId) {
        return call(ApiMethod.EDIT_MESSAGE_LIVE_LOCATION,
                RequestWriter.message(chatId, messageId).put("latitude", 0).put("longitude", 0), Classifier::probe,
                Classifier::probe);
    }

    @Override
    public Mono<ProbeResult> probeByGame(long chatId, int messageId) {
        return call(ApiMethod.GET_GAME_HIGH_SCORES,
                RequestWriter.message(chatId, messageId).put("user_id", botId), Classifier::gameProbe,
                Classifier::probe);
    }

    @Override
    public Mono<ForwardResult> forward(long fromChatId, int messageId, long toChatId) {
        var body = RequestWriter.message(toChatId, messageId).put("from_chat_id", fromChatId)
                .put("disable_notification", true);
        return call(ApiMethod.FORWARD_MESSAGE, body,
                answer -> Classifier.forward(answer, fromChatId, messageId, toChatId), Classifier::forward);
    }

    @Override
    public Mono<ChangeResult> delete(long chatId, int messageId) {
        return call(ApiMethod.DELETE_MESSAGE, RequestWriter.message(chatId, messageId), Classifier::deletion,
                Classifier::change);
    }

    @Override
    public Mono<ChangeResult> editText(long chatId, int messageId, String text) {
        return call(ApiMethod.EDIT_MESSAGE_TEXT, RequestWriter.message(chatId, messageId).put("text", text),
                answer -> Classifier.edit(answer, chatId, messageId), Classifier::change);
    }

    @Override
    public Mono<ChangeResult> editCaption(long chatId, int messageId, String caption) {
        return call(ApiMethod.EDIT_MESSAGE_CAPTION, RequestWriter.message(chatId, messageId).put("caption", caption),
                answer -> Classifier.edit(answer, chatId, messageId), Classifier::change);
    }

    @Override
    public Mono<ReadResult<BotUser>> me() {
        return call(ApiMethod.GET_ME, RequestWriter.nothing(),
                answer -> Classifier.read(answer, MessageReader::bot), Classifier::read);
    }

    @Override
    public Mono<ReadResult<ChatInfo>> chat(String reference) {
        return call(ApiMethod.GET_CHAT, RequestWriter.nothing().put("chat_id", reference),
                answer -> Classifier.read(answer, MessageReader::chat), Classifier::read);
    }

    @Override
    public Mono<ReadResult<ChatMember>> member(long chatId, long userId) {
        return call(ApiMethod.GET_CHAT_MEMBER,
                RequestWriter.nothing().put("chat_id", chatId).put("user_id", userId),
                answer -> Classifier.read(answer, MessageReader::member), Classifier::read);
    }

    private <R> Mono<R> call(ApiMethod method, ObjectNode parameters, Function<HttpAnswer, R> answered,
            Function<Unanswered, R> unanswered) {
        return call(method, RequestBody.json(parameters), answered, unanswered);
    }

    private <R> Mono<R> call(ApiMethod method, RequestBody body, Function<HttpAnswer, R> answered,
            Function<Unanswered, R> unanswered) {
        return Mono.deferContextual(context -> {
            var span = TraceSpan.of(context).next("telegram " + method.wireName(), SpanKind.CLIENT);
            var call = new Call(method, meters, span);
            return Mono.defer(() -> transport.exchange(new TelegramRequest(method.wireName(), body.type().toString(),
                    body.bytes(), timeout, span.traceparent())))
                    .map(answer -> {
                        call.answered(answer);
                        return answered.apply(answer);
                    })
                    .switchIfEmpty(Mono.error(() -> new Unanswered(Unanswered.Reason.BROKEN, "no answer")))
                    .onErrorResume(error -> {
                        var failure = error instanceof Unanswered known ? known
                                : new Unanswered(Unanswered.Reason.BROKEN, error.getClass().getSimpleName());
                        call.unanswered(failure);
                        return Mono.just(unanswered.apply(failure));
                    })
                    .doOnCancel(call::cancelled);
        });
    }

    @Override
    public void close() {
        transport.close();
    }
}
