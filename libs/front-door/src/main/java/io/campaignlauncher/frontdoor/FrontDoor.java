package io.campaignlauncher.frontdoor;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/**
 * What comes before every route of an HTTP server: exactly one Host that is ours (else 421), nothing that changes something from
 * pages of other sites (403), no body but JSON (415), bounds on header, time and connections (400, 408, 414, 431), and security
 * headers on every answer. What a header claims about where a request comes from does not count. Refusals are
 * {@code application/problem+json}.
 */
public final class FrontDoor {

    private static final String CONNECTIONS = "connections";

    private final DoorSettings settings;
    private final DoorRules rules;
    private final Consumer<String> refused;

    /**
     * @param address that is listened on
     * @throws IllegalArgumentException where a host of the settings is none
     */
    public FrontDoor(String address, DoorSettings settings) {
        this(address, settings, _ -> true, _ -> {});
    }

    /**
     * @param jsonAt  by a request's path with its query: whether a body has to be JSON there
     * @param refused told of each request and each connection that is turned away, with one of {@link #reasons}; it does not block
     */
    public FrontDoor(String address, DoorSettings settings, Predicate<String> jsonAt, Consumer<String> refused) {
        this.settings = settings;
        this.refused = refused;
        rules = new DoorRules(address, settings, jsonAt);
    }

    /** What a request or a connection can be turned away for, each as a word. */
    public static List<String> reasons() {
        return Stream.concat(Refusal.ALL.stream().map(Refusal::reason), Stream.of(CONNECTIONS)).toList();
    }

    /** The same server behind the door. The door stands in the pipeline of HTTP/1.1, so it is the only protocol. */
    public HttpServer guard(HttpServer server) {
        var bounds = new ConnectionBounds(settings);
        return server.protocol(HttpProtocol.HTTP11)
                // Who asks is the peer: anybody may write a header that claims another address.
                .forwarded(false)
                .idleTimeout(settings.idleMax())
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(settings.requestLineBytesMax())
                        .maxHeaderSize(settings.headerBytesMax()))
                .doOnChannelInit((_, channel, _) -> {
                    if (bounds.admit(channel)) {
                        var door = new DoorHandler(rules, settings, refused);
                        channel.pipeline()
                                .addBefore(NettyPipeline.HttpCodec, "frontDoorBytes", door.bytes())
                                .addAfter(NettyPipeline.HttpCodec, "frontDoor", door);
                    } else {
                        refused.accept(CONNECTIONS);
                        channel.close();
                    }
                });
    }
}
