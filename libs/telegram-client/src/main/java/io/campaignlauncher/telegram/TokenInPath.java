package io.campaignlauncher.telegram;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Puts the token into the path of a request right before it becomes bytes. Telegram wants it there, and whatever stands in an address is
 * logged, measured and quoted in errors by the libraries on the way: so none of them sees it.
 */
@Sharable
final class TokenInPath extends ChannelOutboundHandlerAdapter {

    /** What stands in its place until then. */
    static final String PLACE = "/bot/";

    private final String before;
    private final String after;

    /** @param basePath that the API's address has itself; empty: none */
    TokenInPath(String basePath, BotToken token) {
        before = basePath + PLACE;
        after = basePath + "/bot" + token.value() + "/";
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
        context.write(message instanceof HttpRequest request ? complete(request) : message, written);
    }

    private HttpRequest complete(HttpRequest request) {
        if (!request.uri().startsWith(before)) {
            throw new IllegalStateException("a request that is not for the Bot API");
        }
        var path = after + request.uri().substring(before.length());
        return request instanceof FullHttpRequest whole
                ? new DefaultFullHttpRequest(whole.protocolVersion(), whole.method(), path, whole.content(),
                        whole.headers(), whole.trailingHeaders())
                : new DefaultHttpRequest(request.protocolVersion(), request.method(), path, request.headers());
    }
}
