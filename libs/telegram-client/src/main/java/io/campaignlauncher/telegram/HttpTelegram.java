package io.campaignlauncher.telegram;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.OutgoingRequest;
import io.campaignlauncher.sendonce.RequestMeters;
import io.campaignlauncher.sendonce.SendOnceClient;
import io.campaignlauncher.sendonce.SendOnceSettings;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.telemetry.TraceSpan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.node.ObjectNode;

/** The Bot API over HTTP, for one bot. Close it to give up its connections. */
public final class HttpTelegram implements Telegram, AutoCloseable {

    /** Larger answers count as broken. A message is a few kilobytes. */
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;

    private final SendOnceClient http;
    private final String base;
    private final BotToken token;
    private final TelegramSettings settings;
    private final RequestMeters<ApiMethod, Call.Outcome> meters;

    private HttpTelegram(TelegramSettings settings, BotToken token, @Nullable MeterRegistry registry) {
        this.settings = settings;
        this.token = token;
        base = settings.baseUrl().toString().replaceFirst("/+$", "") + TokenInPath.PLACE;
        var tokenInPath = new TokenInPath(Objects.requireNonNullElse(settings.baseUrl().getRawPath(), "")
                .replaceFirst("/+$", ""), token);
        http = new SendOnceClient(new SendOnceSettings("telegram", "https".equals(settings.baseUrl().getScheme()),
                settings.timeout(), settings.connectTimeout(), settings.connectionsMax(), settings.pendingMax(),
                ANSWER_BYTES_MAX),
                channel -> channel.pipeline().addAfter(NettyPipeline.HttpCodec, "tokenInPath", tokenInPath));
        meters = new RequestMeters<>(registry == null ? new CompositeMeterRegistry() : registry, "telegram",
                "the Telegram Bot API", ApiMethod.class, Call.Outcome.class, EnumSet.of(Call.Outcome.NOT_SENT));
    }

    /** @param registry null: nothing is measured */
    public static HttpTelegram over(TelegramSettings settings, BotToken token, @Nullable MeterRegistry registry) {
        return new HttpTelegram(settings, token, registry);
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
                RequestWriter.message(chatId, messageId).put("user_id", token.botId()), Classifier::gameProbe,
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
            return http.exchange(new OutgoingRequest(HttpMethod.POST, URI.create(base + method.wireName()),
                    headers -> head(headers, body.type(), span.traceparent()), body.bytes(),
                    settings.timeout()))
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

    private static void head(HttpHeaders headers, MediaType type, @Nullable String traceparent) {
        headers.setContentType(type);
        if (traceparent != null) {
            headers.set(TraceSpan.TRACEPARENT, traceparent);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
