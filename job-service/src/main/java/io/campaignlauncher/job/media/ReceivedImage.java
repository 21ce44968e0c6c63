package io.campaignlauncher.job.media;

import io.campaignlauncher.job.media.MediaRefused.Why;
import io.campaignlauncher.job.media.model.ImageType;
import io.campaignlauncher.sendonce.OutgoingBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * An image that was received whole, in a file that nobody else may read. The file has no name any more once it is open, so that it is gone
 * with the process, however that ends.
 *
 * @param sha256 of its content
 */
public record ReceivedImage(String sha256, ImageType type, long bytes, FileChannel file) {

    private static final int PIECE = 64 * 1024;
    /** Pieces of what comes in that wait to be written. */
    private static final int WAITING_MAX = 4;

    /**
     * @param folder where the file is
     * @return fails with a {@link MediaRefused} where it breaks off or is no image
     */
    static Mono<ReceivedImage> of(Publisher<DataBuffer> content, long length, Path folder) {
        return Mono.fromCallable(() -> opened(folder)).subscribeOn(Schedulers.boundedElastic())
                .flatMap(file -> received(content, length, file)
                        .doOnError(_ -> close(file))
                        .doOnCancel(() -> close(file)));
    }

    private static FileChannel opened(Path folder) throws IOException {
        var path = Files.createTempFile(folder, "campaign-launcher-", ".image");
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static Mono<ReceivedImage> received(Publisher<DataBuffer> content, long length, FileChannel file) {
        var digest = newDigest();
        return Flux.from(content).publishOn(Schedulers.boundedElastic(), WAITING_MAX)
                .doOnNext(buffer -> written(buffer, file, digest))
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .then(Mono.fromCallable(() -> whole(length, file, digest)));
    }

    private static void written(DataBuffer buffer, FileChannel file, MessageDigest digest) {
        try (var pieces = buffer.readableByteBuffers()) {
            while (pieces.hasNext()) {
                var piece = pieces.next();
                digest.update(piece.duplicate());
                while (piece.hasRemaining()) {
                    file.write(piece);
                }
            }
        } catch (ClosedChannelException e) {
            // Whoever sends it has left: nobody waits for it any more.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static ReceivedImage whole(long length, FileChannel file, MessageDigest digest) throws IOException {
        if (file.size() != length) {
            throw new MediaRefused(Why.BROKEN_OFF, "Of the " + length + " bytes announced " + file.size() + " came.");
        }
        var head = ByteBuffer.allocate((int) Math.min(length, ImageType.HEAD_BYTES));
        while (head.hasRemaining() && file.read(head, head.position()) >= 0) {
            // Goes on to its end.
        }
        var type = ImageType.of(head.array()).orElseThrow(() -> new MediaRefused(Why.TYPE,
                "JPEG, PNG, GIF and WebP are taken; this looks like " + ImageType.looksLike(head.array()) + "."));
        return new ReceivedImage(HexFormat.of().formatHex(digest.digest()), type, length, file);
    }

    /** Its bytes, which may be asked for again and again, and by several at a time. */
    OutgoingBody content() {
        return new OutgoingBody(bytes, Flux.<DataBuffer, Long>generate(() -> 0L, (at, sink) -> {
            try {
                var piece = ByteBuffer.allocate(PIECE);
                int read = file.read(piece, at);
                if (read < 0) {
                    sink.complete();
                } else {
                    sink.next(DefaultDataBufferFactory.sharedInstance.wrap(piece.flip()));
                }
                return at + Math.max(0, read);
            } catch (ClosedChannelException e) {
                // The work with it was given up.
                sink.complete();
                return at;
            } catch (IOException e) {
                sink.error(e);
                return at;
            }
        }).subscribeOn(Schedulers.boundedElastic()));
    }

    void close() {
        close(file);
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
