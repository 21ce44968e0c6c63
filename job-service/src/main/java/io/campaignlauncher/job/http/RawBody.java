package io.campaignlauncher.job.http;

import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** A body that is a file or a part of one, as its head describes it. */
final class RawBody {

    private RawBody() {}

    /** Empty: none, several, or one that cannot be read. */
    static Optional<MediaType> type(ServerRequest request) {
        var types = request.headers().header(HttpHeaders.CONTENT_TYPE);
        try {
            return types.size() == 1 ? Optional.of(MediaType.parseMediaType(types.getFirst())) : Optional.empty();
        } catch (InvalidMediaTypeException e) {
            return Optional.empty();
        }
    }

    /**
     * Of one whose length is known before its first byte, and which is not packed.
     *
     * @param family beside {@code application/octet-stream}, e.g. {@code image}: none that a web page may send unasked
     * @return its length, 1 to bytesMax
     * @throws Problem 400, 411, 413 or 415
     */
    static int length(ServerRequest request, String family, int bytesMax) {
        if (type(request).filter(type -> type.getType().equals(family)
                || type.equalsTypeAndSubtype(MediaType.APPLICATION_OCTET_STREAM)).isEmpty()) {
            throw Problem.otherType("Send the file as application/octet-stream, or as the " + family + " that it is.");
        }
        if (ContentEncoding.of(request) != ContentEncoding.NONE) {
            throw Problem.packed();
        }
        long length = request.headers().contentLength()
                .orElseThrow(Problem::lengthNeeded);
        if (length > bytesMax) {
            throw Problem.tooLarge(bytesMax);
        }
        if (length == 0) {
            throw Problem.badRequest("body", "is empty");
        }
        return (int) length;
    }
}
