package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.OutgoingBody;
import java.util.Arrays;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

/** Bytes that come in many small pieces, as those of somebody else's request do. */
final class Content {

    private static final int PIECE = 100;

    private Content() {}

    static OutgoingBody of(byte[] bytes) {
        return new OutgoingBody(bytes.length, pieces(bytes));
    }

    /** Those of a request that ends in the middle. */
    static OutgoingBody torn(byte[] bytes) {
        return new OutgoingBody(bytes.length, pieces(Arrays.copyOf(bytes, bytes.length / 2))
                .concatWith(Flux.error(new IllegalStateException("the sender is gone"))));
    }

    /** Those of a request whose sender falls silent in the middle. */
    static OutgoingBody stalled(byte[] bytes) {
        return new OutgoingBody(bytes.length,
                pieces(Arrays.copyOf(bytes, bytes.length / 2)).concatWith(Flux.never()));
    }

    private static Flux<DataBuffer> pieces(byte[] bytes) {
        return Flux.range(0, (bytes.length + PIECE - 1) / PIECE).map(piece -> DefaultDataBufferFactory.sharedInstance
                .wrap(Arrays.copyOfRange(bytes, piece * PIECE, Math.min(bytes.length, (piece + 1) * PIECE))));
    }
}
