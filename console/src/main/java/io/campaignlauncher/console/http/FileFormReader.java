package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads a form whose last part is its file, as in all of ours: browsers say how long a form is, and not how long a file. Before the
 * file no more than {@value #HEAD_BYTES_MAX} bytes are kept, and its last ones are let
 * go only once the form has ended behind them: of a form that breaks off nobody gets a whole file.
 */
final class FileFormReader {

    static final int HEAD_BYTES_MAX = 64 * 1024;

    private static final DefaultDataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    private final String boundary;
    private final long bodyBytes;
    private final byte[] behind;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private @Nullable FormHead head;
    /** Of the file, not let go yet. */
    private long left;

    /** The head first, then the file. */
    private sealed interface Piece {

        record Head(FormHead head, long fileBytes) implements Piece {}

        record Bytes(DataBuffer buffer) implements Piece {}
    }

    private FileFormReader(String boundary, long bodyBytes) {
        this.boundary = boundary;
        this.bodyBytes = bodyBytes;
        this.behind = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static <T> Mono<T> read(ServerRequest request, Function<FormWithFile, Mono<T>> then) {
        return Mono.defer(() -> {
            var boundary = request.headers().contentType().filter(MediaType.MULTIPART_FORM_DATA::isCompatibleWith)
                    .map(type -> type.getParameter("boundary")).map(text -> text.replaceAll("^\"|\"$", ""))
                    .orElseThrow(FileFormReader::malformed);
            long bodyBytes = request.headers().contentLength().orElseThrow(FileFormReader::malformed);
            return new FileFormReader(boundary, bodyBytes)
                    .read(request.exchange().getRequest().getBody(), then);
        });
    }

    private <T> Mono<T> read(Flux<DataBuffer> body, Function<FormWithFile, Mono<T>> then) {
        return body.concatMap(buffer -> Flux.fromIterable(pieces(buffer)), 1)
                .concatWith(Flux.defer(this::end))
                .<T>switchOnFirst((first, pieces) -> first.get() instanceof Piece.Head(var found, var fileBytes)
                        ? then.apply(new FormWithFile(found.fields(), found.fileName(),
                                new FormWithFile.Upload(fileBytes, content(pieces))))
                        : Flux.error(first.getThrowable() == null ? malformed() : first.getThrowable()))
                .next();
    }

    private static Flux<DataBuffer> content(Flux<Piece> pieces) {
        return pieces.ofType(Piece.Bytes.class).map(Piece.Bytes::buffer)
                .doOnDiscard(Piece.Bytes.class, piece -> DataBufferUtils.release(piece.buffer()));
    }

    private List<Piece> pieces(DataBuffer buffer) {
        if (head != null && buffer.readableByteCount() < left) {
            left -= buffer.readableByteCount();
            return List.of(new Piece.Bytes(buffer));
        }
        keep(buffer);
        if (head != null) {
            return List.of();
        }
        var begin = kept.toByteArray();
        head = found(begin);
        if (head == null) {
            if (begin.length > HEAD_BYTES_MAX) {
                throw malformed();
            }
            return List.of();
        }
        left = bodyBytes - head.end() - behind.length;
        if (left < 0) {
            throw malformed();
        }
        var first = new Piece.Head(head, left);
        kept.reset();
        int come = begin.length - head.end();
        if (come < left) {
            left -= come;
            return come == 0 ? List.of(first) : List.of(first, new Piece.Bytes(
                    BUFFERS.wrap(Arrays.copyOfRange(begin, head.end(), begin.length))));
        }
        kept.write(begin, head.end(), come);
        return List.of(first);
    }

    private void keep(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        kept.writeBytes(bytes);
    }

    private @Nullable FormHead found(byte[] begin) {
        try {
            return FormHead.of(begin, boundary);
        } catch (FormHead.Malformed e) {
            throw malformed();
        }
    }

    /** The last bytes of the file, with what has to stand behind them. */
    private Flux<Piece> end() {
        if (head == null) {
            return Flux.error(malformed());
        }
        var last = kept.toByteArray();
        return last.length == left + behind.length
                && Arrays.equals(last, (int) left, last.length, behind, 0, behind.length)
                        ? Flux.just(new Piece.Bytes(BUFFERS.wrap(Arrays.copyOf(last, (int) left))))
                        : Flux.error(malformed());
    }

    private static ServiceProblem malformed() {
        return new ServiceProblem(Problem.here(400, "The file did not arrive whole",
                "Nothing was taken. Send it once more."), null);
    }
}
