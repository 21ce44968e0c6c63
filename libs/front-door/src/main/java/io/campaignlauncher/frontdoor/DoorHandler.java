package io.campaignlauncher.frontdoor;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door of one connection, next to the HTTP codec: sees every request before anybody else and every answer after
 * everybody else, also those of requests that no route ever sees. All of it runs on the connection's event loop.
 */
final class DoorHandler extends ChannelDuplexHandler {

    /** How long what an answered caller still sends is read and thrown away: else the answer might be lost with it. */
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final Map<String, String> SECURITY = Map.of(
            "x-content-type-options", "nosniff",
            "cache-control", "no-store",
            "content-security-policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "referrer-policy", "no-referrer",
            "cross-origin-opener-policy", "same-origin",
            "cross-origin-resource-policy", "same-origin");

    private final DoorRules rules;
    private final DoorSettings settings;
    private final Consumer<String> refused;

    /** Between the first byte of a request and its last. */
    private boolean reading;
    /** Requests that went in and have no whole answer yet: more than one where a client does not wait for answers. */
    private int unanswered;
    /** Between the head of an answer and its end. */
    private boolean answering;
    /** Given once every earlier request has its answer. */
    private @Nullable Refusal refusal;
    /** The request that is still read has its answer already. */
    private boolean answeredEarly;
    /** The last answer was written; nothing else is read or written. */
    private boolean leaving;
    private @Nullable Future<?> limit;

    DoorHandler(DoorRules rules, DoorSettings settings, Consumer<String> refused) {
        this.rules = rules;
        this.settings = settings;
        this.refused = refused;
    }

    /** To be put before the codec: nothing else knows when a request begins. */
    ChannelInboundHandlerAdapter bytes() {
        return new ChannelInboundHandlerAdapter() {

            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (!reading && !leaving) {
                    reading = true;
                    limit(behindCodec(context), settings.headPatience(), 0);
                }
                context.fireChannelRead(message);
            }
        };
    }

    /** This handler's own place, behind the codec: what is said there is put into bytes. */
    private ChannelHandlerContext behindCodec(ChannelHandlerContext before) {
        return before.pipeline().context(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && refusal == null && !leaving) {
            reading = true;
            answeredEarly = false;
            limit(context, settings.bodyPatience(), 1);
            refusal = rules.judge(request);
            if (refusal == null) {
                unanswered++;
            } else if (unanswered == 0) {
                refuse(context, refusal);
            }
        }
        if (message instanceof HttpContent part && part.decoderResult().isFailure() && refusal == null) {
            giveUp(context, Refusal.NO_REQUEST, 1);
        }
        if (message instanceof LastHttpContent) {
            reading = false;
            forgetLimit();
            if (leaving) {
                // Behind the answer, should that still be on its way out.
                context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }
        if (refusal == null && !leaving) {
            context.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (leaving) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (message instanceof HttpResponse interim
                && interim.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            context.write(message, promise);
            return;
        }
        if (message instanceof HttpResponse response) {
            answering = true;
            secure(response.headers());
        }
        context.write(message, promise);
        if (message instanceof LastHttpContent) {
            answering = false;
            unanswered--;
            answeredEarly = reading && unanswered <= 0;
            if (unanswered <= 0 && refusal != null) {
                refuse(context, refusal);
            } else if (unanswered <= 0) {
                readOn(context);
            }
        }
    }

    /**
     * A request that had to wait for the answer before it and is then answered at once leaves Reactor Netty (1.3.7, its issue 4361)
     * with nothing queued and without having asked for more: the connection would be read no more. To ask twice does no harm.
     */
    private static void readOn(ChannelHandlerContext context) {
        context.executor().execute(context::read);
    }

    /** Whoever was answered before all of the request was there hears the answer before the connection ends. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (leaving || !answeredEarly || !context.channel().isActive()) {
            context.close(promise);
            return;
        }
        leaving = true;
        leave(context);
        context.channel().closeFuture().addListener(_ -> promise.trySuccess());
    }

    /** A client that hangs up breaks nothing here: whoever reads or writes learns that the connection is closed. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        if (error instanceof IOException) {
            context.close();
        } else {
            context.fireExceptionCaught(error);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetLimit();
        context.fireChannelInactive();
    }

    /** @param waiting how many requests have no answer where the one that is read is the next to be answered */
    private void limit(ChannelHandlerContext context, Duration patience, int waiting) {
        forgetLimit();
        limit = context.executor().schedule(() -> giveUp(context, Refusal.TOO_SLOW, waiting), patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void forgetLimit() {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }

    /** Where an answer was begun, or an earlier request still waits for its own, no refusal can be written any more. */
    private void giveUp(ChannelHandlerContext context, Refusal why, int waiting) {
        refusal = why;
        if (!leaving && (answering || unanswered != waiting)) {
            refused.accept(why.reason());
        }
        if (leaving || answering || unanswered != waiting) {
            context.close();
        } else {
            refuse(context, why);
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal why) {
        leaving = true;
        refused.accept(why.reason());
        var body = Unpooled.wrappedBuffer(why.json().getBytes(StandardCharsets.UTF_8));
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(why.status()), body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        secure(answer.headers());
        context.writeAndFlush(answer).addListener(_ -> leave(context));
    }

    private void leave(ChannelHandlerContext context) {
        if (!reading) {
            context.close();
            return;
        }
        if (context.channel() instanceof SocketChannel socket && context.pipeline().get(SslHandler.class) == null) {
            socket.shutdownOutput();
        }
        context.channel().config().setAutoRead(true);
        limit(context, LINGER, 0);
    }

    private static void secure(HttpHeaders headers) {
        SECURITY.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.set(name, value);
            }
        });
    }
}
