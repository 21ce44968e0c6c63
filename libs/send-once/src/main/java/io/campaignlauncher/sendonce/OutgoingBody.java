package io.campaignlauncher.sendonce;

import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a request carries. Its length is told before its first byte, and exactly so much is sent: where the content
 * turns out to be longer or shorter, the connection breaks, and the server never sees a complete request.
 *
 * @param length  in bytes; 0: there is no body
 * @param content is subscribed to at most once, and not at all where nothing is sent
 */
public record OutgoingBody(long length, Publisher<? extends DataBuffer> content) {

    public static final OutgoingBody NONE = new OutgoingBody(0, Flux.empty());

    public OutgoingBody {
        if (length < 0) {
            throw new IllegalArgumentException("a body has no negative length: " + length);
        }
    }

    public static OutgoingBody of(byte[] bytes) {
        return bytes.length == 0 ? NONE
                : new OutgoingBody(bytes.length, Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(
                        bytes)));
    }

    /**
     * The content; where it breaks off or is not as long as it was said to be, an {@link Unanswered}. What is one
     * piece stays one.
     */
    public Publisher<? extends DataBuffer> measured() {
        return content instanceof Mono<? extends DataBuffer> piece
                ? piece.doOnNext(this::requireWhole)
                        .switchIfEmpty(Mono.error(() -> notAsLong(0))).onErrorMap(OutgoingBody::brokenOff)
                : Flux.defer(this::counted).onErrorMap(OutgoingBody::brokenOff);
    }

    private Flux<DataBuffer> counted() {
        var sent = new AtomicLong();
        return Flux.<DataBuffer>from(content).map(buffer -> {
            if (sent.addAndGet(buffer.readableByteCount()) > length) {
                DataBufferUtils.release(buffer);
                throw notAsLong(sent.get());
            }
            return buffer;
        }).concatWith(Mono.defer(() -> sent.get() == length ? Mono.empty() : Mono.error(notAsLong(sent.get()))));
    }

    private void requireWhole(DataBuffer buffer) {
        int actual = buffer.readableByteCount();
        if (actual != length) {
            DataBufferUtils.release(buffer);
            throw notAsLong(actual);
        }
    }

    private Unanswered notAsLong(long actual) {
        return new Unanswered(Unanswered.Reason.BROKEN,
                "of the " + length + " bytes announced the content had " + actual + " when it was given up");
    }

    private static Throwable brokenOff(Throwable error) {
        return error instanceof Unanswered ? error
                : new Unanswered(Unanswered.Reason.BROKEN, "the content broke off: " + error.getMessage());
    }

    /** Its length alone. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
